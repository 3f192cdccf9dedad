/** Work in many small steps, so that a caller can let others have their turn in between. */
export type Steps<Result> = Generator<undefined, Result>;

/** How steps are taken. */
export type TakeSteps = <Result>(steps: Steps<Result>) => Result | Promise<Result>;

/** Takes all steps at once. */
export function takeAll<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}
