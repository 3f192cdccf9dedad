import type { JsonObject } from "../../core/json.js";
import { isMultiple } from "../decimal.js";

/** Numbers between two bounds that are multiples of some divisors; integers are multiples of 1. */
export interface Numbers {
  readonly kind: "number";
  readonly min: number;
  readonly max: number;
  /** Whether the bound itself is left out. */
  readonly minOpen: boolean;
  readonly maxOpen: boolean;
  readonly divisors: readonly number[];
}

/** Reads the number keywords of schemas that must all hold. */
export function readNumbers(schemas: readonly JsonObject[], integer: boolean): Numbers {
  const lower = schemas.flatMap((schema) => [
    ...bounds(schema.minimum, false),
    ...bounds(schema.exclusiveMinimum, true),
  ]);
  const upper = schemas.flatMap((schema) => [
    ...bounds(schema.maximum, false),
    ...bounds(schema.exclusiveMaximum, true),
  ]);
  const min = lower.reduce((a, b) => (b.at > a.at || (b.at === a.at && b.open) ? b : a), {
    at: -Infinity,
    open: false,
  });
  const max = upper.reduce((a, b) => (b.at < a.at || (b.at === a.at && b.open) ? b : a), {
    at: Infinity,
    open: false,
  });
  const divisors = schemas
    .map(({ multipleOf }) => multipleOf)
    .filter((divisor) => typeof divisor === "number");
  const read = { kind: "number", min: min.at, max: max.at, minOpen: min.open, maxOpen: max.open } as const;
  return integer ? roundInward({ ...read, divisors: [1, ...divisors] }) : { ...read, divisors };
}

function bounds(setting: unknown, open: boolean): { at: number; open: boolean }[] {
  return typeof setting === "number" ? [{ at: setting, open }] : [];
}

/** Integers above 2.5 begin at 3: the bounds of integers are integers. */
function roundInward(numbers: Numbers): Numbers {
  const low = Math.ceil(numbers.min);
  const high = Math.floor(numbers.max);
  return {
    ...numbers,
    min: numbers.minOpen && low === numbers.min ? low + 1 : low,
    max: numbers.maxOpen && high === numbers.max ? high - 1 : high,
    minOpen: false,
    maxOpen: false,
  };
}

/** Says whether no number is left between the bounds. */
export function isVoidNumbers({ min, max, minOpen, maxOpen, divisors }: Numbers): boolean {
  if (min > max || (min === max && (minOpen || maxOpen))) return true;
  return min === max && divisors.some((divisor) => !isMultiple(min, divisor));
}

/** Says whether all numbers of `a` are surely among those of `b`. */
export function areNumbersWithin(a: Numbers, b: Numbers): boolean {
  const low = a.min > b.min || (a.min === b.min && (a.minOpen || !b.minOpen));
  const high = a.max < b.max || (a.max === b.max && (a.maxOpen || !b.maxOpen));
  return low && high && b.divisors.every((divisor) => a.divisors.some((finer) => isMultiple(finer, divisor)));
}

const maxListed = 200;

/** Lists the numbers one by one when they are few integers; undefined when they are many. */
export function listNumbers({ min, max, divisors }: Numbers): readonly number[] | undefined {
  if (!divisors.includes(1) || !(max - min < maxListed) || !Number.isSafeInteger(min)) return undefined;
  const all = Array.from({ length: Math.max(0, max - min + 1) }, (_, index) => min + index);
  return all.filter((value) => divisors.every((divisor) => isMultiple(value, divisor)));
}

/** Cuts the numbers at the bounds of others, so that each piece lies within or outside of each. */
export function cutNumbers(numbers: Numbers, others: readonly Numbers[]): readonly Numbers[] {
  const marks = others.flatMap(({ min, max }) => [min, max]).filter(Number.isFinite);
  const cuts = [...new Set(marks)].sort((a, b) => a - b);
  if (cuts.length === 0 || cuts.length > 20) return [];
  const points = cuts.map((at) => ({ min: at, max: at, minOpen: false, maxOpen: false }));
  const gaps = [-Infinity, ...cuts].map((min, index) => ({
    min,
    max: cuts[index] ?? Infinity,
    minOpen: true,
    maxOpen: true,
  }));
  return [...points, ...gaps].map((piece) => narrow(numbers, piece)).filter((piece) => !isVoidNumbers(piece));
}

function narrow(
  numbers: Numbers,
  { min, max, minOpen, maxOpen }: Omit<Numbers, "kind" | "divisors">,
): Numbers {
  const low = min > numbers.min || (min === numbers.min && minOpen) ? { min, minOpen } : {};
  const high = max < numbers.max || (max === numbers.max && maxOpen) ? { max, maxOpen } : {};
  const piece = { ...numbers, ...low, ...high };
  return numbers.divisors.includes(1) ? roundInward(piece) : piece;
}
