import type { Binding, Block, Expression, Moment } from "./model.js";

/**
 * The values that a name may have when it is read. An assignment before it in the same function, in a block around
 * it, ends what the name was before; what other functions assign may have come in between.
 */
export function visibleValues({ values, moments }: Binding, at: Moment | undefined): readonly Expression[] {
  if (at === undefined || moments.length === 0) return values;
  let last: Moment | undefined;
  for (const moment of moments) {
    if (moment === undefined || moment.frame !== at.frame || moment.order >= at.order) continue;
    if (moment.order > (last?.order ?? -1) && encloses(moment.block, at.block)) last = moment;
  }
  if (last === undefined) return values;
  const { order } = last;
  return values.filter((value, index) => {
    const moment = moments[index];
    if (moment === undefined) return isAnnotation(value);
    return moment.frame !== at.frame || (moment.order >= order && moment.order < at.order);
  });
}

function encloses(outer: Block, inner: Block): boolean {
  for (let block: Block | undefined = inner; block !== undefined; block = block.parent)
    if (block === outer) return true;
  return false;
}

/** What an annotation says holds for every value. */
function isAnnotation(value: Expression): boolean {
  return value.kind === "typed" || (value.kind === "either" && value.options.every(isAnnotation));
}
