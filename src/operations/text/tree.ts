/** A line with lines below it. */
export interface Tree {
  readonly label: string;
  readonly children?: readonly Tree[];
}

/** Trees as lines with `├─` and `└─`; the roots stand at the left edge. */
export function tree(roots: readonly Tree[]): string {
  return roots.flatMap(({ label, children = [] }) => [label, ...branches(children)]).join("\n");
}

function branches(children: readonly Tree[]): string[] {
  return children.flatMap(({ label, children: below = [] }, index) => {
    const last = index === children.length - 1;
    return [
      `${last ? "└─" : "├─"} ${label}`,
      ...branches(below).map((line) => `${last ? "  " : "│ "} ${line}`),
    ];
  });
}
