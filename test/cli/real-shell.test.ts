import { chmodSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { createSandbox, type Sandbox } from "../support/sandbox.js";
import { shopFiles } from "../operations/story.js";

const bin = fileURLToPath(new URL("../../bin/promptsync.js", import.meta.url));

/** A shell in which `promptsync` is on the path, as after an installation. */
let shop: Sandbox;
beforeAll(() => {
  shop = createSandbox({ files: shopFiles });
  shop.write({ "../bin/promptsync": `#!/bin/sh\nexec "${process.execPath}" "${bin}" "$@"\n` });
  chmodSync(shop.path("../bin/promptsync"), 0o755);
  shop.environment.PATH = `${shop.path("../bin")}:${shop.environment.PATH ?? ""}`;
});

const shell = (script: string) => shop.run("bash", ["-o", "pipefail", "-c", script]);

test("the first five minutes, as they stand in the original design", () => {
  const script = `
    mkdir ../first && cd ../first && git init --quiet
    promptsync init
    echo "You are a helpful assistant for {{ company_name }}." > prompts/customer_support.txt
    promptsync push --path ./prompts/ --alias dev
    echo "You are a friendly assistant for {{ company_name }}." > prompts/customer_support.txt
    promptsync push --path ./prompts/ --alias dev --version v1.2.3
    promptsync alias set stable v1.2.3
    promptsync alias set production --version $(promptsync version get dev)
    promptsync diff --alias stable
    promptsync diff --version v1.2.3
    promptsync diff --git-commit $(git rev-parse --short=7 HEAD~2)
    promptsync diff customer_support --git-commit $(git rev-parse --short=7 HEAD~3) --alias dev
    promptsync render customer_support@production --var company_name=Acme > answer.txt
  `;
  const { status, stderr } = shell(`set -e\n${script}`);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(shop.in("../first").read("answer.txt")).toBe("You are a friendly assistant for Acme.\n");
});

test("`alias set production --version $(promptsync version get dev)` is one commit for all prompts", () => {
  const { status, stderr } = shell("promptsync alias set production --version $(promptsync version get dev)");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(shell("diff <(promptsync version get dev) <(promptsync version get production)").status).toBe(0);
  expect(shop.git("rev-list", "--count", "HEAD")).toBe("2");
});

test("a substitution that fails moves nothing and is not mistaken for success", () => {
  const before = shop.head();
  const { status, stderr } = shell(
    "promptsync alias set production --version $(promptsync version get nothing)",
  );
  expect(status).toBe(2);
  expect(stderr).toContain("[ALIAS_NOT_FOUND]");
  expect(shop.head()).toBe(before);
});

test("`diff … --format html > diff.html` writes one whole page", () => {
  expect(shell("promptsync diff customer_support v1 v2 --format html > diff.html").status).toBe(0);
  expect(shop.read("diff.html")).toMatch(/^<!doctype html>[^]*<\/html>\n$/);
  shop.remove("diff.html");
});

test("a long answer arrives whole in a pipe", () => {
  expect(
    shell("promptsync explain --json | node -e 'JSON.parse(require(\"fs\").readFileSync(0))'").status,
  ).toBe(0);
});

test("piped output has no colour and no padding for a terminal", () => {
  expect(shell("promptsync list | cat").stdout).not.toMatch(/\u001b|…/);
});

test("variables come through a pipe", () => {
  const line = `echo '{"company_name": "Acme"}' | promptsync render customer_support@dev --vars -`;
  expect(shell(line).stdout).toBe("You are a helpful assistant for Acme.\n");
});

test("in a pre-commit hook `validate --staged` sees what is committed, also with `commit -a` and `--only`", () => {
  const hook = ".git/hooks/pre-commit";
  shop.write({ [hook]: "#!/bin/sh\nexec promptsync validate --staged\n" });
  chmodSync(shop.path(hook), 0o755);
  const version = "prompt-templates/refund/1.0.0.md";
  const good = '---\nname: refund\nversion: "1.0.0"\n---\nRefund.\n';
  const state = shop.read("prompt-templates/promptsync.yaml");
  const block = '  refund:\n    owner: team-refund\n    default: "1.0.0"\n';
  const commit = (words: string) =>
    shell(`git add --intent-to-add . && git commit --quiet -m refund ${words}`);

  shop.write({ [version]: good.replace("name: refund", "name: other") });
  for (const words of ["-a", `--only ${version}`]) {
    const { status, stdout, stderr } = commit(words);
    expect(status).toBe(1);
    expect(`${stdout}${stderr}`).toContain("layout-identity-mismatch");
  }
  shop.write({ [version]: good, "prompt-templates/promptsync.yaml": state + block });
  expect(commit("-a").status).toBe(0);
  expect(shop.status()).toBe("");
  shop.remove(hook);
});

test("the tool's own commit passes through a pre-commit hook that validates what it would commit", () => {
  const hook = ".git/hooks/pre-commit";
  shop.write({
    [hook]: "#!/bin/sh\nexec promptsync validate --staged\n",
    "prompts/greeting.txt": "Hi {{ name }}.\n",
  });
  chmodSync(shop.path(hook), 0o755);
  expect(shell("promptsync push greeting --alias dev").status).toBe(0);
  expect(shop.git("log", "-1", "--format=%s")).toBe("promptsync: push greeting@1.0.0 to dev");
  shop.remove(hook);
});
