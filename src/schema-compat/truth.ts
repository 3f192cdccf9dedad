/** True, false, or undefined when it is not known. */
export type Truth = boolean | undefined;

/** And: one false decides, whatever is unknown. */
export function every<T>(list: Iterable<T>, test: (item: T) => Truth): Truth {
  let answer: Truth = true;
  for (const item of list) {
    const next = test(item);
    if (next === false) return false;
    if (next === undefined) answer = undefined;
  }
  return answer;
}

/** Or: one true decides, whatever is unknown. */
export function some<T>(list: Iterable<T>, test: (item: T) => Truth): Truth {
  return negate(every(list, (item) => negate(test(item))));
}

/** Not; what is unknown stays unknown. */
export function negate(truth: Truth): Truth {
  return truth === undefined ? undefined : !truth;
}
