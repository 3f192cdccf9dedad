import { parse, type ParseResult, type ParserPlugin } from "@babel/parser";
import type { SourceFile, SourceProblem } from "../../core/call-site.js";

/**
 * Parses JavaScript or TypeScript, with JSX where the file's name allows it. Mistakes that do not hide what follows,
 * such as a name declared twice, are not ours to report.
 */
export function parseJavaScript({ path, text }: SourceFile): ParseResult | SourceProblem {
  try {
    return parse(text, {
      sourceType: "unambiguous",
      plugins: pluginsOf(path, text),
      errorRecovery: true,
      attachComment: false,
      allowReturnOutsideFunction: true,
      allowAwaitOutsideFunction: true,
      allowSuperOutsideMethod: true,
      allowUndeclaredExports: true,
    });
  } catch (error) {
    return problemOf(path, error);
  }
}

function pluginsOf(path: string, text: string): ParserPlugin[] {
  // The legacy form is the one with decorators on parameters, which frameworks with injection use.
  const common: ParserPlugin[] = [
    "decorators-legacy",
    "decoratorAutoAccessors",
    "explicitResourceManagement",
  ];
  if (path.endsWith(".tsx")) return [...common, "typescript", "jsx"];
  if (/\.[mc]?ts$/.test(path)) return [...common, ["typescript", { dts: /\.d\.[mc]?ts$/.test(path) }]];
  return /@flow\b/.test(text.slice(0, 2000)) ? [...common, "jsx", "flow"] : [...common, "jsx"];
}

function problemOf(file: string, error: unknown): SourceProblem {
  if (error instanceof RangeError) {
    const message = `\`${file}\` is nested too deeply to read`;
    return {
      file,
      message,
      hint: "leave it out: `code: { exclude: [...] }` in .promptsyncrc",
      line: 1,
      column: 1,
    };
  }
  if (!(error instanceof SyntaxError)) throw error;
  const { loc } = error as SyntaxError & {
    readonly loc?: { readonly line: number; readonly column: number };
  };
  const why = error.message.replace(/ \(\d+:\d+\)$/, "").replace(/\.$/, "");
  return {
    file,
    message: `\`${file}\` does not parse: ${why.slice(0, 1).toLowerCase()}${why.slice(1)}`,
    hint: "its calls are not checked; mend it, or leave it out with `code: { exclude: [...] }` in .promptsyncrc",
    line: loc?.line ?? 1,
    column: (loc?.column ?? 0) + 1,
  };
}
