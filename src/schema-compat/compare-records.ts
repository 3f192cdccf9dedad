import type { SchemaChangeKind } from "../core/change-kind.js";
import { isJsonObject, type JsonValue } from "../core/json.js";
import { joinPointer } from "../core/picoschema.js";
import { withEntry } from "./breaks.js";
import type { JudgedChange } from "./change.js";
import { describe, schemaOf } from "./classify.js";
import { memberOf, type Records } from "./kinds/record.js";
import { sample } from "./sample.js";
import type { Answer } from "./subschema.js";
import { holdsAt, walk, type Place, type Sides, type Walk } from "./walk.js";
import { anything, type Node } from "./work.js";

/** Compares two objects property by property; each side is one object branch, null aside. */
export function compareRecords(walker: Walk, place: Place, sides: Sides<Records>): readonly JudgedChange[] {
  const names = new Set([...sides.before.properties.keys(), ...sides.after.properties.keys()]);
  const changes = [...names].flatMap((name) => compareProperty({ walker, place, sides, name }));
  return [...changes, ...compareRest(walker, place, sides)];
}

interface Property {
  readonly walker: Walk;
  readonly place: Place;
  readonly sides: Sides<Records>;
  readonly name: string;
}

function compareProperty(property: Property): readonly JudgedChange[] {
  const { walker, sides, name } = property;
  const member = memberPlace(property);
  if (!sides.before.properties.has(name)) return added(property, member);
  if (!sides.after.properties.has(name)) return removed(property, member);
  return [...requirement(property, member), ...walk(walker, member)];
}

function memberPlace({ walker: { work, role }, place, sides, name }: Property): Place {
  const node = (records: Records): Node => memberOf(work, records, name) ?? anything;
  const holder = role === "input" ? place.before : place.after;
  return {
    before: node(sides.before),
    after: node(sides.after),
    demand: node(sides.demand),
    pointer: joinPointer(`${place.pointer}/properties`, name),
    lift: (value) => {
      const around = sample(work, holder);
      return isJsonObject(around) ? place.lift(withEntry(around, name, value)) : undefined;
    },
  };
}

/** A property that became required, or no longer is. */
function requirement(property: Property, member: Place): readonly JudgedChange[] {
  const { walker, place, sides, name } = property;
  const [was, is] = [sides.before.required.has(name), sides.after.required.has(name)];
  if (was === is) return [];
  const input = walker.role === "input";
  const answer: Verdict = is === input ? { is: "no", ...omission(property) } : { is: "yes" };
  const nested = place.pointer !== "" && input;
  const word = is ? "required" : "optional";
  const kind: SchemaChangeKind = input
    ? nested
      ? `input-${is ? "narrowed" : "widened"}`
      : `input-became-${word}`
    : is
      ? "output-narrowed"
      : "output-property-became-optional";
  return [
    {
      ...describe(place, { kind, answer }),
      pointer: member.pointer,
      from: was ? "required" : "optional",
      to: word,
    },
  ];
}

interface Verdict {
  readonly is: Answer["is"];
  readonly witness?: JsonValue;
}

/** A value of the giving side that lacks the property. */
function omission({ walker: { work, role }, place, name }: Property): { witness?: JsonValue } {
  const value = sample(work, role === "input" ? place.before : place.after);
  if (!isJsonObject(value)) return {};
  return { witness: Object.fromEntries(Object.entries(value).filter(([key]) => key !== name)) };
}

function added(property: Property, member: Place): readonly JudgedChange[] {
  const { walker, place, sides, name } = property;
  const required = sides.after.required.has(name);
  if (walker.role === "output") {
    return [
      { ...describe(member, { kind: "output-property-added", answer: holdsAt(walker, member) }), from: null },
    ];
  }
  if (required && !sides.before.required.has(name)) {
    const kind = place.pointer === "" ? "input-required-added" : "input-narrowed";
    const change = describe(place, { kind, answer: { is: "no", ...omission(property) } });
    return [
      {
        ...change,
        pointer: member.pointer,
        from: null,
        to: schemaOf(member.after),
      },
    ];
  }
  const answer = holdsAt(walker, member);
  // On an open object callers may have sent the name already, with another meaning: a note, not a break.
  const noted = answer.is === "no" ? ({ is: "unknown", witness: answer.witness } as const) : answer;
  return [{ ...describe(member, { kind: "input-optional-added", answer: noted }), from: null }];
}

function removed(property: Property, member: Place): readonly JudgedChange[] {
  const { walker, place, sides, name } = property;
  if (walker.role === "output") {
    const needed = sides.demand.required.has(name) && !sides.after.required.has(name);
    if (!needed)
      return [
        {
          ...describe(member, { kind: "output-property-removed", answer: holdsAt(walker, member) }),
          to: null,
        },
      ];
    const change = describe(place, {
      kind: "output-property-removed",
      answer: { is: "no", ...omission(property) },
    });
    return [
      {
        ...change,
        pointer: member.pointer,
        from: schemaOf(member.before),
        to: null,
      },
    ];
  }
  const answer = holdsAt(walker, member);
  const kind: SchemaChangeKind =
    place.pointer === "" ? "input-removed" : `input-${answer.is === "yes" ? "widened" : "narrowed"}`;
  return [{ ...describe(member, { kind, answer }), to: null }];
}

/** What names may hold that nobody declares: an object was closed, opened, or its map changed. */
function compareRest(
  walker: Walk,
  place: Place,
  { before, after, demand }: Sides<Records>,
): readonly JudgedChange[] {
  const undeclared = unusedName([before, after]);
  return walk(walker, {
    before: before.rest,
    after: after.rest,
    demand: demand.rest,
    pointer: `${place.pointer}/additionalProperties`,
    lift: memberPlace({ walker, place, sides: { before, after, demand }, name: undeclared }).lift,
  });
}

function unusedName(sides: readonly Records[]): string {
  const names = ["extra", "other", "more", "another"];
  return names.find((name) => sides.every(({ properties }) => !properties.has(name))) ?? "\u0001";
}
