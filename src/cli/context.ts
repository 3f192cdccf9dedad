import { resolve } from "node:path";
import type { Context } from "../operations/operation.js";
import type { Globals } from "./request.js";
import type { Terminal } from "./terminal.js";
import { packageVersion } from "./version.js";

/** A {@link Context} for one run. */
interface RunContext extends Context {
  /** Ends what the workspace keeps open, such as its git process; without a workspace it does nothing. */
  readonly close: () => Promise<void>;
}

/** What an operation may ask of the world; the store is loaded only when the workspace is opened. */
export function createContext(
  terminal: Terminal,
  globals: Globals,
  { note, progress }: Pick<Context, "note" | "progress">,
): RunContext {
  const directory = resolve(terminal.directory, globals.directory ?? ".");
  const config = globals.config === undefined ? undefined : resolve(directory, globals.config);
  const toolVersion = packageVersion();
  const place = {
    directory,
    config,
    environment: terminal.environment,
    tool: toolVersion,
    cwd: terminal.directory,
    mayBlock: true,
  };
  const open = async () => {
    const { openWorkspace } = await import("../store/workspace.js");
    return openWorkspace(place);
  };
  let workspace: ReturnType<typeof open> | undefined;
  let release: (() => void) | undefined;
  return {
    workspace: () => (workspace ??= open()),
    toolVersion,
    now: terminal.now(),
    directory,
    place,
    stdin: () => {
      if (terminal.stdin.isTerminal) note("reading standard input; Ctrl-D ends it");
      return terminal.stdin.read();
    },
    note,
    progress,
    spareMemory: async () => {
      const { spareHeap } = await import("./heap-growth.js");
      release ??= spareHeap();
    },
    close: async () => {
      release?.();
      const opened = await workspace?.catch(() => undefined); // the operation has met that error
      opened?.close();
    },
  };
}
