import type { Style } from "../operations/operation.js";
import type { Output, Terminal } from "./terminal.js";

const plain = (text: string) => text;
const colourless = { red: plain, yellow: plain, green: plain, dim: plain, bold: plain, cyan: plain };

/** The colours and the width of a stream; chalk is loaded only when colour is on. */
export async function streamStyle(
  output: Output,
  terminal: Terminal,
  wish: { readonly color: boolean },
): Promise<Style> {
  const width = output.columns;
  if (!wish.color || !hasColor(output, terminal)) return { ...colourless, width };
  const { Chalk } = await import("chalk");
  const { red, yellow, green, dim, bold, cyan } = new Chalk({ level: 1 });
  return { red, yellow, green, dim, bold, cyan, width };
}

/**
 * `NO_COLOR`, then `FORCE_COLOR`, then whether the stream is a terminal that can. Only named colours are used, so
 * there are no levels.
 */
function hasColor(output: Output, { environment }: Terminal): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = environment;
  if (NO_COLOR) return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return output.isTerminal && TERM !== "dumb";
}
