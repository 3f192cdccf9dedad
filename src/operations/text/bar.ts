const eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/** A share (0 to 1) as a bar of at most `width` columns, in steps of an eighth of a column. */
export function bar(share: number, width: number): string {
  const parts = Math.round(Math.min(1, Math.max(0, share)) * width * 8);
  const full = "█".repeat(Math.floor(parts / 8)) + (eighths[parts % 8] ?? "");
  return full === "" && share > 0 ? "▏" : full; // something is not nothing
}
