import { reprFloat } from "../values/text.js";

/** Decimals beyond the asked ones that tell an exact half from a number beside it. */
const tieDecimals = 40;

/** A size (not negative) with this many decimals; an exact half goes to the even digit, as in C. */
export function fixed(size: number, decimals: number): string {
  if (size >= 1e21) {
    const whole = BigInt(size).toString();
    return decimals === 0 ? whole : `${whole}.${"0".repeat(decimals)}`;
  }
  if (decimals > 100) return size.toFixed(100) + "0".repeat(decimals - 100);
  const exact = size.toFixed(Math.min(100, decimals + tieDecimals));
  const kept = exact.slice(0, exact.indexOf(".") + 1 + decimals);
  return isTieToEven(kept, exact) ? kept.replace(/\.$/, "") : size.toFixed(decimals);
}

/** A size with an exponent of at least two digits. */
export function scientific(size: number, decimals: number): string {
  const shown = Math.min(decimals, 100);
  const [digits = "", power = ""] = size.toExponential(Math.min(100, shown + tieDecimals)).split("e");
  const kept = digits.slice(0, shown === 0 ? 2 : shown + 2);
  const rounded = isTieToEven(kept, digits)
    ? `${kept.replace(/\.$/, "")}e${power}`
    : size.toExponential(shown);
  return rounded.replace(/e([+-])(\d)$/, "e$10$2");
}

/** Whether what follows the kept digits is an exact half and the last kept digit is even: JavaScript rounds up. */
function isTieToEven(kept: string, exact: string): boolean {
  return /^50*$/.test(exact.slice(kept.length)) && /[02468]\.?$/.test(kept);
}

/**
 * A size with this many significant digits, in whichever notation is shorter (`%g`). Without `precision`: the
 * shortest digits that read back, which is Python's `repr`.
 */
export function shortest(
  size: number,
  precision?: number,
  options: { readonly alternate?: boolean; readonly keepPoint?: boolean } = {},
): string {
  if (precision === undefined) return reprFloat(size);
  const digits = Math.min(Math.max(precision, 1), 100);
  const exponent = size === 0 ? 0 : Number(size.toExponential(digits - 1).split("e")[1]);
  const limit = options.keepPoint === true ? digits - 1 : digits;
  if (exponent < -4 || exponent >= limit) {
    const [mantissa = "", power = ""] = scientific(size, digits - 1).split("e");
    return `${options.alternate === true ? mantissa : trimmed(mantissa)}e${power}`;
  }
  const plain = fixed(size, Math.max(0, digits - 1 - exponent));
  const short = options.alternate === true ? plain : trimmed(plain);
  return options.keepPoint === true && !short.includes(".") ? `${short}.0` : short;
}

function trimmed(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** Digits in groups of `size`, counted from the right. */
export function grouped(digits: string, size: number, separator: string): string {
  if (separator === "") return digits;
  const first = digits.length % size || size;
  const groups = [digits.slice(0, first)];
  for (let at = first; at < digits.length; at += size) groups.push(digits.slice(at, at + size));
  return groups.join(separator);
}
