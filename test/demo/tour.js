// A guided tour in a temporary repository: every command line is real, and so is every output.
// `npm run demo` runs it; it leaves nothing behind.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../../bin/promptsync.js", import.meta.url));
const root = mkdtempSync(join(tmpdir(), "promptsync-tour-"));
const isTerminal = process.stdout.isTTY;
const paint = (code, text) =>
  isTerminal && !process.env.NO_COLOR ? `\u001b[${code}m${text}\u001b[0m` : text;
const say = (text) => process.stdout.write(`\n${paint(1, text)}\n`);

/** The user's own settings stay out of it: no signing key, no hooks, a name for the commits. */
const environment = {
  ...process.env,
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: join(root, "gitconfig"),
  ...(isTerminal && !process.env.NO_COLOR ? { FORCE_COLOR: "1" } : {}),
};
for (const name of ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"]) delete environment[name];

/** Runs one command line and shows both; `expected` is its exit code. */
function run(line, { expected = 0 } = {}) {
  process.stdout.write(`${paint(36, `$ ${line}`)}\n`);
  const words = line.match(/"[^"]*"|\S+/g).map((word) => word.replaceAll('"', ""));
  const [command, ...args] = words;
  const [program, rest] = command === "promptsync" ? [process.execPath, [bin, ...args]] : [command, args];
  const { status, stdout, stderr } = spawnSync(program, rest, {
    cwd: root,
    env: environment,
    encoding: "utf8",
  });
  process.stdout.write(stdout + stderr);
  if (status !== expected) throw new Error(`\`${line}\` ended with ${status}, not ${expected}`);
  return stdout;
}

function write(path, text) {
  process.stdout.write(`${paint(2, `# ${path}`)}\n${text}`);
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

try {
  writeFileSync(
    environment.GIT_CONFIG_GLOBAL,
    "[user]\n\tname = Ada\n\temail = ada@example.com\n[init]\n\tdefaultBranch = main\n",
  );
  say("1. A repository that knows prompts");
  run("git init --quiet");
  run("promptsync init");

  say("2. Write a prompt as plain text, and push it: it becomes an immutable version");
  write("prompts/customer_support.txt", "You are a helpful assistant for {{ company_name }}.\n");
  run("promptsync push --alias dev");

  say("3. Edit it. The diff says what the change means for those who use the prompt");
  write(
    "prompts/customer_support.txt",
    "You are a helpful assistant for {{ company_name }}.\nAnswer in {{ language }}, in at most three sentences.\n",
  );
  run("promptsync diff customer_support");

  say("4. A new required variable breaks callers: a small step is refused, the honest one is taken");
  run("promptsync push customer_support --bump patch", { expected: 1 });
  run('promptsync push customer_support --alias dev -m "Answer in the language of the customer"');

  say("5. Production moves when somebody says so: one commit in one tracked file");
  run('promptsync alias set production customer_support@1.0.0 --reason "reviewed by support"');
  run("promptsync alias list");
  run("promptsync diff --alias production");

  say("6. Everything is checked, by you, by a hook, by CI");
  run("promptsync validate");

  say("7. Git is the audit trail");
  run("promptsync log");
  run("git log --oneline");

  say("8. What is served, and why");
  run("promptsync resolve customer_support@production");
  run("promptsync render customer_support@production --var company_name=Acme");
  const { version, rule } = JSON.parse(
    spawnSync(process.execPath, [bin, "resolve", "customer_support@production", "--json"], {
      cwd: root,
      env: environment,
      encoding: "utf8",
    }).stdout,
  );
  say(`Served: customer_support@${version}, because of the rule "${rule}".`);
} finally {
  rmSync(root, { recursive: true, force: true });
}
