import { copyScene, commands, type Scene } from "./scene.js";
import { runFaulty } from "./shim/shim.js";

/** Somebody else commits to the same branch, without our locks and without touching index or work tree. */
const theirs = [
  "theirs=$(git commit-tree -p HEAD -m theirs 'HEAD^{tree}')",
  "git update-ref refs/heads/main $theirs",
  "git update-ref refs/theirs $theirs",
].join(" && ");

/** Runs `alias set` while somebody else commits right before its call number `at`; what is wrong afterwards. */
export async function overtake(
  scene: Scene,
  { sources, at }: { readonly sources: string; readonly at: number },
): Promise<string[]> {
  const { place, remove } = copyScene(scene, `overtaken-${String(++overtaken)}`);
  try {
    const { words } = commands["alias set"];
    const { status, stderr } = await runFaulty(place, {
      sources,
      words,
      fault: { kind: "run", at, run: theirs },
    });
    const wrong: string[] = [];
    if (status !== 0) wrong.push(`exit code ${String(status)}: ${stderr}`);
    const their = place.head("refs/theirs");
    // Once our branch is locked, it is they who are refused.
    if (their !== null && place.run("git", ["merge-base", "--is-ancestor", their, "HEAD"]).status !== 0) {
      wrong.push("the commit of somebody else is lost");
    }
    if (
      place
        .git("log", "--format=%s", "HEAD")
        .split("\n")
        .filter((line) => line.startsWith("Move")).length > 1
    )
      wrong.push("the change was made twice");
    if (place.status() !== scene.status) wrong.push(`status: ${place.status()}`);
    return wrong;
  } finally {
    remove();
  }
}

let overtaken = 0;
