import { isPromptSyncError } from "../../core/errors.js";
import type { Source } from "../source.js";
import type { UndefinedMode } from "../values/undefined.js";
import type { Library } from "./library.js";
import { exceeded, type Limits } from "./limits.js";
import type { Message } from "./message.js";

/** How many operations pass between two looks at the clock. */
const clockInterval = 2_000;

/** One render: what it has written, where it stands, and what it has used of its limits. */
export class Run {
  /** The text written so far; captures (macros, block sets, messages) swap it. */
  out = "";
  /** Offset of the operation that runs now; gives errors their place. */
  at = 0;
  readonly messages: Message[] = [];
  /** True while the body of a message is written. */
  inMessage = false;
  /** Names of the templates that are being included right now, outermost first. */
  readonly including: string[] = [];

  #operations = 0;
  #checkpoint: number;
  #depth = 0;
  readonly #started: number;

  constructor(
    public source: Source,
    readonly library: Library,
    readonly undefinedMode: UndefinedMode,
    readonly limits: Limits,
    /** What a misspelt variable may have meant. */
    readonly knownNames: () => readonly string[],
  ) {
    this.#checkpoint = limits.now === undefined ? limits.operations : 0;
    this.#started = limits.now?.() ?? 0;
  }

  /** Counts operations; throws `TEMPLATE_LIMIT` when there were too many or the time is over. */
  charge(operations: number): void {
    this.#operations += operations;
    if (this.#operations > this.#checkpoint) this.#check();
  }

  #check(): void {
    const { operations, milliseconds, now } = this.limits;
    if (this.#operations > operations) throw exceeded("operations", operations, "the template does too much");
    if (now === undefined) return;
    if (now() - this.#started > milliseconds)
      throw exceeded("milliseconds", milliseconds, "rendering takes too long");
    this.#checkpoint = Math.min(operations, this.#operations + clockInterval);
  }

  /** Appends to the output. */
  write(text: string): void {
    this.out += text;
    if (this.out.length > this.limits.output) this.allow(this.out.length);
  }

  /** Says before (or right after) a text of this length is made whether it may be, and charges for it. */
  allow(length: number): void {
    if (length > this.limits.output) throw exceeded("output", this.limits.output, "the text gets too long");
    this.charge(length >> 6);
  }

  /** A text that was just made, when it is not too long. */
  grown(text: string): string {
    this.allow(text.length);
    return text;
  }

  /** A list that was just made, charged by its length. */
  made<Items extends readonly unknown[]>(items: Items): Items {
    this.charge(items.length);
    return items;
  }

  /** Goes one level deeper; {@link leave} comes back. */
  enter(): void {
    this.#depth += 1;
    const { depth } = this.limits;
    if (this.#depth > depth)
      throw exceeded("depth", depth, "macros, blocks, loops or values are nested too deep");
  }

  leave(): void {
    this.#depth -= 1;
  }

  /** What `body` writes, kept from the output. */
  capture(body: () => void): string {
    const outer = this.out;
    this.out = "";
    body();
    const text = this.out;
    this.out = outer;
    this.charge(1 + (text.length >> 6));
    return text;
  }

  /**
   * Any error as one of ours, with a place: a place of its own when it has one, else the running operation's. An
   * exhausted JavaScript stack or string is a limit that was reached, too.
   */
  located(error: unknown): unknown {
    if (isPromptSyncError(error)) {
      if (error.line !== undefined) return error;
      const { code, message, hint, data, cause } = error;
      return this.source.error(code, message, { hint, data, cause, at: this.at });
    }
    if (!(error instanceof RangeError)) return error;
    const limit = error.message.includes("stack")
      ? exceeded("depth", this.limits.depth, "macros, blocks, loops or values are nested too deep")
      : exceeded("output", this.limits.output, "the text gets too long");
    return this.located(limit);
  }
}
