import { addTo } from "../core/add-to.js";
import type { Surroundings } from "./follow.js";
import type { Expression, Program } from "./model.js";

const extensions = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".py"];

/**
 * Finds what a module of the application exports, among the programs that were read. Relative modules are resolved
 * by path; `@/lib/prompts` and `app.prompts` by the end of the path, because the aliases of bundlers are not known.
 */
export function createLink(programs: readonly Program[]): Surroundings["link"] {
  const byEnd = new Map<string, Program[]>();
  const byStem = new Map<string, Program>();
  for (const program of programs) {
    for (const stem of stemsOf(program.path)) {
      byStem.set(stem, program);
      const end = stem.slice(stem.lastIndexOf("/") + 1);
      addTo(byEnd, end, program);
    }
  }

  function find(from: string, module: string): Program | undefined {
    const stem = withoutExtension(pathOf(from, module));
    if (isRelative(module)) return byStem.get(stem);
    const parts = stem.split("/");
    // A bare word is a package of somebody's, except in Python, where it may be a module beside this one.
    if (parts.length < 2 && !from.endsWith(".py")) return undefined;
    const tails = [parts, parts.slice(1)].map((it) => it.join("/")).filter((tail) => tail !== "");
    const candidates = byEnd.get(parts.at(-1) ?? "") ?? [];
    return tails
      .flatMap((tail) => candidates.filter((it) => stemsOf(it.path).some((at) => endsWith(at, tail))))
      .at(0);
  }

  function exported(from: string, module: string, name: string, depth: number): Expression | undefined {
    const program = depth > 4 ? undefined : find(from, module);
    const own = program?.exports.get(name);
    if (own !== undefined || program === undefined) return own;
    for (const again of program.reexports) {
      if (again.kind !== "import") continue;
      const found = exported(again.from, again.module, name, depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  return (from, module, name) => (name === "*" ? undefined : exported(from, module, name, 0));
}

/** The last words of the modules that a file may be imported as: `prompts` for `lib/prompts.ts` and `prompts/index.ts`. */
export function importWords(path: string): readonly string[] {
  return stemsOf(path).map((stem) => stem.slice(stem.lastIndexOf("/") + 1));
}

/** The paths without extension that a file can be imported by; an index stands for its folder too. */
function stemsOf(path: string): readonly string[] {
  const stem = withoutExtension(path);
  const folder = stem.replace(/(^|\/)(index|__init__)$/, "");
  return folder === stem || folder === "" ? [stem] : [stem, folder];
}

function withoutExtension(path: string): string {
  const extension = extensions.find((it) => path.endsWith(it));
  return extension === undefined ? path : path.slice(0, -extension.length);
}

function isRelative(module: string): boolean {
  return module.startsWith(".");
}

/** The path that a module names, seen from a file; Python's dots become folders. */
function pathOf(from: string, module: string): string {
  const folders = from.split("/").slice(0, -1);
  if (!from.endsWith(".py")) {
    const parts = module.split("/");
    return normalize(isRelative(module) ? [...folders, ...parts] : parts);
  }
  const dots = /^\.*/.exec(module)?.[0].length ?? 0;
  const names = module.slice(dots).split(".");
  return normalize(dots === 0 ? names : [...folders.slice(0, folders.length - dots + 1), ...names]);
}

function normalize(parts: readonly string[]): string {
  const path: string[] = [];
  for (const part of parts) {
    if (part === "..") path.pop();
    else if (part !== "." && part !== "") path.push(part);
  }
  return path.join("/");
}

function endsWith(stem: string, tail: string): boolean {
  return stem === tail || stem.endsWith(`/${tail}`);
}
