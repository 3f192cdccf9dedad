// Types lines of `promptsync` one after the other in a process of its own, in the folder it was started in.
// Arguments: the folder of the compiled sources, and a JSON array of arrays of words. Prints a JSON array of
// { exitCode, stdout, stderr }.
const [sources, lines] = process.argv.slice(2);
const { main } = await import(`${sources}/cli/main.js`);

async function type(words) {
  const written = { stdout: "", stderr: "" };
  const output = (name) => ({
    write: (text) => void (written[name] += text),
    isTerminal: false,
    columns: undefined,
  });
  const exitCode = await main(words, {
    stdout: output("stdout"),
    stderr: output("stderr"),
    stdin: { isTerminal: false, read: async () => "" },
    directory: process.cwd(),
    environment: process.env,
    now: () => new Date(),
  });
  return { ...written, exitCode };
}

const answers = [];
for (const words of JSON.parse(lines)) answers.push(await type(words));
process.stdout.write(JSON.stringify(answers));
