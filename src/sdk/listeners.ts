/**
 * Functions that want to hear of events. Each is called on its own, so that one which throws stops no other; what it
 * throws is an uncaught exception of the application, as with any listener of Node.
 */
export class Listeners<Event extends string> {
  readonly #listeners = new Map<Event, Set<() => void>>();

  /** Adds a listener; returns what takes it away again. */
  add(event: Event, listener: () => void): () => void {
    const all = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, all);
    const own = (): void => {
      listener();
    };
    all.add(own);
    return () => all.delete(own);
  }

  /** Calls the listeners of an event, after what runs now. */
  tell(event: Event): void {
    for (const listener of this.#listeners.get(event) ?? []) queueMicrotask(listener);
  }
}
