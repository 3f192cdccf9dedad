/** The two clocks that the library reads; both in ms. */
export interface Clock {
  /** Time since 1970: for events, and for files that other processes wrote. It may jump. */
  readonly wall: () => number;
  /** Time since some moment: for ages. It never jumps. */
  readonly steady: () => number;
}

/** The clocks of this process. */
export const systemClock: Clock = { wall: () => Date.now(), steady: () => performance.now() };
