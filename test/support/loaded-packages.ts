import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const bin = join(root, "bin", "promptsync.js");

/** What the build put into each file of `dist/bin`. */
const madeOf = JSON.parse(readFileSync(join(root, "dist", "bin", "meta.json"), "utf8")) as Partial<
  Record<string, Record<string, number>>
>;

/** What one run of the real command line loaded, in the built package. */
export interface Loaded {
  /** Names of the packages in node_modules, also of those that are a part of our files, sorted. */
  readonly packages: readonly string[];
  /** Our own files, relative to the package, sorted. */
  readonly files: readonly string[];
  /** The modules that these files were made of, such as `dist/core/catalog.js`, sorted. */
  readonly modules: readonly string[];
  /** Size of the source of everything loaded. */
  readonly bytes: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
}

/** Runs the built `promptsync` and says what it loaded. */
export function loadedBy(argv: readonly string[], options: { directory?: string } = {}): Promise<Loaded> {
  return loadedByNode([bin, ...argv], options);
}

/**
 * Runs node and says what it loaded. V8's coverage lists every script of the process, imported or required, without a
 * hook that would change what is measured.
 */
export async function loadedByNode(
  argv: readonly string[],
  options: { directory?: string } = {},
): Promise<Loaded> {
  const folder = mkdtempSync(join(tmpdir(), "promptsync-loaded-"));
  try {
    const run = await execute(argv, options.directory ?? root, { ...process.env, NODE_V8_COVERAGE: folder });
    const report = readdirSync(folder).find((name) => name.startsWith(`coverage-${String(run.pid)}-`));
    if (report === undefined) throw new Error(`no coverage of \`${argv.join(" ")}\`: ${run.stderr}`);
    const { result } = JSON.parse(readFileSync(join(folder, report), "utf8")) as {
      result: { url: string }[];
    };
    // What stands after `--eval` is a script without a file.
    const scripts = result.filter(({ url }) => url.startsWith("file:") && !/\[eval\d*\]$/.test(url));
    const paths = scripts.map(({ url }) => fileURLToPath(url));
    const inputs = paths.flatMap((path) => Object.keys(madeOf[basename(path)] ?? {}));
    const packages = new Set(
      [...paths, ...inputs].flatMap(
        (path) => /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [],
      ),
    );
    const files = paths
      .filter((path) => !path.includes("/node_modules/"))
      .map((path) => relative(root, path));
    const bytes = paths.reduce((sum, path) => sum + statSync(path).size, 0);
    return { packages: [...packages].sort(), files: files.sort(), modules: inputs.sort(), bytes, ...run };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Run {
  readonly pid: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
}

function execute(argv: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Run> {
  const child = spawn(process.execPath, argv, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const text = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (chunk: string) => (text[name] += chunk));
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject).on("close", (exitCode) => {
      resolve({ pid: child.pid, exitCode, ...text });
    });
  });
}
