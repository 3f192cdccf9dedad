import type { SourceFile, SourceProblem } from "../core/call-site.js";
import { PromptSyncError } from "../core/errors.js";
import { anyGlob } from "../core/glob.js";
import type { Repository } from "./git/repository.js";
import { decodeText } from "./listing/decode-text.js";
import { readFromDisk } from "./listing/read-files.js";

/** Which source files are wanted. */
export interface SourceRequest {
  /** The full id of a commit; undefined for the working tree, untracked files included and ignored ones not. */
  readonly commit: string | undefined;
  /** Texts of which a file has to mention at least one. */
  readonly words: readonly string[];
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
}

/** The source files, in the order of their paths, and those that could not be read. */
export interface Sources {
  readonly files: readonly SourceFile[];
  readonly problems: readonly SourceProblem[];
}

const extensions = ["ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs", "py"];
const usual = {
  include: [`**/*.{${extensions.join(",")}}`],
  exclude: ["**/node_modules/**", "**/dist/**"],
};

/** Bytes of the largest source file that is read. */
const sizeLimit = 1 << 20;

/**
 * Reads the source files that mention one of some words, at a commit without checking it out, or in the working tree.
 * One git process finds them whatever their number; the blobs come through the warm reader.
 */
export async function readSources(repository: Repository, request: SourceRequest): Promise<Sources> {
  const isIncluded = anyGlob(request.include ?? usual.include);
  const isExcluded = anyGlob(request.exclude ?? usual.exclude);
  const paths = (await mentioning(repository, request)).filter(
    (path) => isIncluded(path) && !isExcluded(path),
  );
  paths.sort((a, b) => (a < b ? -1 : 1));
  const bytes =
    request.commit === undefined
      ? paths.map((path) => readFromDisk(repository.top ?? "", path, sizeLimit))
      : await readBlobs(repository, request.commit, paths);
  const files: SourceFile[] = [];
  const problems: SourceProblem[] = [];
  for (const [index, path] of paths.entries()) {
    const found = bytes[index];
    const text = Buffer.isBuffer(found) ? decodeText(found, path) : found;
    if (typeof text === "string") files.push({ path, text });
    else if (text !== undefined) problems.push(problemOf(path, text));
  }
  return { files, problems };
}

/** The paths of the files that hold one of the words. */
async function mentioning(
  repository: Repository,
  { commit, words }: Pick<SourceRequest, "commit" | "words">,
): Promise<string[]> {
  const args = [
    "grep",
    "--files-with-matches",
    "--fixed-strings",
    "--null",
    // Not text: a bundle of somebody's that happens to hold the word.
    "-I",
    "--no-color",
    // A setting could make these prefixes, relative paths or another repository's files.
    "--full-name",
    "--no-recurse-submodules",
    ...(commit === undefined ? ["--untracked"] : []),
    // The words come from the settings: as data they can never be options.
    "-f",
    "-",
    ...(commit === undefined ? [] : [commit]),
    "--",
    ...extensions.map((extension) => `:(glob)**/*.${extension}`),
  ];
  const { stdout } = await repository.git.run(args, {
    input: `${words.filter((word) => word !== "" && !/[\n\0]/.test(word)).join("\n")}\n`,
    // 1: no file has any.
    accept: [0, 1],
    environment: { GIT_LITERAL_PATHSPECS: undefined },
  });
  const prefix = commit === undefined ? 0 : commit.length + 1;
  return stdout
    .toString()
    .split("\0")
    .slice(0, -1)
    .map((path) => path.slice(prefix));
}

async function readBlobs(
  repository: Repository,
  commit: string,
  paths: readonly string[],
): Promise<(Buffer | PromptSyncError | undefined)[]> {
  const objects = await repository.objects.read(
    paths.map((path) => `${commit}:${path}`),
    sizeLimit,
  );
  return paths.map((path, index) => {
    const object = objects[index];
    if (object?.bytes) return object.bytes;
    const why = object ? `has ${object.size} bytes, more than ${sizeLimit}` : "cannot be read from git";
    return new PromptSyncError("FILE_UNREADABLE", `\`${path}\` ${why}`, { file: path });
  });
}

function problemOf(file: string, { message, line = 1, column = 1 }: PromptSyncError): SourceProblem {
  const hint = "its calls are not checked; leave it out with `code: { exclude: [...] }` in .promptsyncrc";
  return { file, message, hint, line, column };
}
