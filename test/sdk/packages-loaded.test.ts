import { expect, test } from "vitest";
import { loadedByNode } from "../support/loaded-packages.js";

/** The packages that a module which imports the built library has loaded at its end. */
async function packagesOf(script: string): Promise<readonly string[]> {
  const { packages, stderr } = await loadedByNode(["--input-type=module", "--eval", script]);
  expect(stderr).toBe("");
  return packages;
}

test("importing the library loads what reading a registry needs, and nothing of the command line", async () => {
  expect(await packagesOf('await import("promptsync");')).toEqual(["leven", "semver", "yaml"]);
});

test("serving from a folder loads no more", async () => {
  const script = `
    import { PromptManager } from "promptsync";
    const prompts = new PromptManager();
    await prompts.prefetch();
    await prompts.close();`;
  expect(await packagesOf(script)).toEqual(["leven", "semver", "yaml"]);
});

test("serving from a repository loads no simple-git", async () => {
  const script = `
    import { PromptManager } from "promptsync";
    const prompts = new PromptManager({ source: { repository: "." } });
    await prompts.getPrompt("support-reply");
    await prompts.close();`;
  expect(await packagesOf(script)).toEqual(["leven", "semver", "yaml"]);
});
