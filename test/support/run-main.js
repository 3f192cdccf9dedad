// Runs the command line from a folder of compiled sources: `node run-main.js <folder> <words…>`.
import { pathToFileURL } from "node:url";
import process from "node:process";

const [folder, ...words] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(`${folder}/${name}`).href);
const [{ main }, { processTerminal }] = await Promise.all([load("cli/main.js"), load("cli/terminal.js")]);
process.exitCode = await main(words, processTerminal());
