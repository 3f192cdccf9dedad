import type { CallSite, Rendering } from "../core/call-site.js";
import { spanOf, type Comment } from "./model.js";
import { targetOf } from "./targets.js";

const marker = "promptsync-uses";

/** The calls that comments of the form `promptsync-uses: name@alias vars=a,b` stand for. */
export function notedCalls(file: string, comments: readonly Comment[]): readonly CallSite[] {
  return comments.flatMap((comment): CallSite[] => {
    const said = saidIn(comment);
    return said === undefined || said === "" ? [] : [noted(file, comment, said)];
  });
}

/**
 * The lines of which comments say what their calls use: that of the comment itself, and the one below it. Comments
 * that stand one below the other all speak about the line below the last.
 */
export function notedLines(comments: readonly Comment[]): ReadonlySet<number> {
  const lines = new Set<number>();
  const below = new Map(comments.map(({ line, endLine }) => [line, endLine + 1]));
  for (const comment of comments) {
    if (saidIn(comment) === undefined) continue;
    let line = comment.endLine + 1;
    for (let next = below.get(line); next !== undefined; next = below.get(line)) line = next;
    lines.add(comment.line).add(line);
  }
  return lines;
}

/** What stands behind the marker on its line; undefined without a marker. */
function saidIn({ text }: Comment): string | undefined {
  return /(?:^|[\s*#/])promptsync-uses:([^\n]*)/
    .exec(text)?.[1]
    ?.replace(/\*\/\s*$/, "")
    .trim();
}

function noted(file: string, comment: Comment, said: string): CallSite {
  const span = spanOf(comment);
  const variables = /(?:^|\s)vars=(\S*)/.exec(said)?.[1];
  const names = said.replace(/(?:^|\s)vars=\S*/, "").split(/[\s,]+/);
  const rendering: Rendering = {
    file,
    method: marker,
    variables: (variables ?? "")
      .split(",")
      .filter((name) => name !== "")
      .map((name) => ({ name, ...span })),
    completeness: "all",
    ...span,
  };
  return {
    file,
    found: "comment",
    callee: marker,
    targets: names.filter((name) => name !== "").map(targetOf),
    nameAt: span,
    renderings: variables === undefined ? [] : [rendering],
    isPassedOn: false,
    ...span,
  };
}
