/** Takes what a program prints, hands it on line by line, and keeps its end. */
export interface Output {
  add(chunk: string): void;
  /** Hands on a last line that has no end; the last {@link kept} characters of everything. */
  end(): string;
}

/** How much of the end is kept: enough for a last line of JSON. Characters. */
const kept = 1 << 20;
/** How much is handed on before one line says that the rest is not shown. Characters. */
const shown = 1 << 18;

/** Makes an {@link Output}. Its memory does not grow with what the program prints. */
export function createOutput(onLine: (line: string) => void): Output {
  let tail = "";
  let open = "";
  let total = 0;
  const say = (line: string): void => {
    if (total > shown) return;
    total += line.length + 1;
    if (total > shown) onLine("(there is more output, which is not shown)");
    else if (line.trim() !== "") onLine(line);
  };
  return {
    add(chunk) {
      tail = (tail + chunk).slice(-kept);
      const lines = (open + chunk).split(/\r?\n/);
      open = (lines.pop() ?? "").slice(-shown);
      lines.forEach(say);
    },
    end() {
      if (open !== "") say(open);
      return tail;
    },
  };
}
