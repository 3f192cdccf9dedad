/**
 * Says whether a number is a whole multiple of another, in decimals: 0.3 is a multiple of 0.1, whatever binary
 * fractions make of it.
 */
export function isMultiple(value: number, divisor: number): boolean {
  if (divisor <= 0 || !Number.isFinite(value) || !Number.isFinite(divisor)) return false;
  if (Number.isInteger(divisor) && Number.isInteger(value)) return value % divisor === 0;
  const [a, b] = [decimal(value), decimal(divisor)];
  const scale = Math.max(a.places, b.places);
  return (a.digits * 10n ** BigInt(scale - a.places)) % (b.digits * 10n ** BigInt(scale - b.places)) === 0n;
}

/** A number as whole digits and how many of them stand behind the point; places may be negative. */
function decimal(value: number): { digits: bigint; places: number } {
  const [mantissa = "0", exponent = "0"] = value.toString().split("e");
  const [whole = "0", fraction = ""] = mantissa.split(".");
  const places = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return places < 0 ? { digits: digits * 10n ** BigInt(-places), places: 0 } : { digits, places };
}
