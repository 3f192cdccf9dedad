#!/usr/bin/env node
import { writeSync } from "node:fs";
import module from "node:module";
import process from "node:process";

module.enableCompileCache?.(); // Node 22 and later: a third of the start-up is compiling

const words = process.argv.slice(2);

if (words[0] === "--version" || words[0] === "-V") {
  const { packageVersion } = await import("../dist/cli/version.js");
  writeSync(1, `${packageVersion()}\n`); // opening process.stdout would take longer than all the rest
} else {
  // `promptsync … | head` closes the pipe early: the reader has enough, which is no error.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error) => {
      if (error.code !== "EPIPE") throw error;
    });
  }
  // The one exit that does not wait: nothing may be written once the user has said stop. The store is built for it.
  process.on("SIGINT", () => process.exit(130));

  const [{ main }, { processTerminal }] = await Promise.all([
    import("../dist/cli/main.js"),
    import("../dist/cli/terminal.js"),
  ]);
  process.exitCode = await main(words, processTerminal());
}
