import type { CallSite } from "../core/call-site.js";
import type { Selector } from "../core/reference.js";
import type { Client, Follow } from "./heads.js";
import { spanOf, type Call, type Program } from "./model.js";
import { notedCalls, notedLines } from "./notes.js";
import { renderingsByCall } from "./renderings.js";
import { argumentAt, selectorsOf, targetsOf } from "./targets.js";
import { wrapperAround, wrapperCalls, type Wrapper } from "./wrappers.js";

/** Finds the calls of programs that ask for a prompt, in the order of the programs and of their text. */
export function findCalls(
  programs: readonly Program[],
  wrappers: readonly Wrapper[],
  follow: Follow,
): readonly CallSite[] {
  const renderings = renderingsByCall(programs, follow);
  const isPassedOn = passedOnTest(programs, follow);
  const asked = new Map<string, readonly (Selector | undefined)[]>();
  const direct = programs.map((program) => {
    const noted = notedLines(program.comments);
    return lookUps(program, follow).flatMap(({ call, client }): CallSite[] => {
      const targets = targetsOf(call, client, follow);
      const isNoted = noted.has(call.statementLine) || noted.has(call.line);
      const wrapper = targets.length > 0 ? undefined : wrapperAround(call, wrappers);
      if (wrapper !== undefined) asked.set(wrapper, selectorsOf(call, client, follow));
      if (wrapper !== undefined || (targets.length === 0 && isNoted)) return [];
      const own = renderings.get(call) ?? [];
      return [
        siteOf(program, call, { targets, renderings: own, isPassedOn: own.length === 0 && isPassedOn(call) }),
      ];
    });
  });
  const selectorsIn = (name: string): readonly (Selector | undefined)[] =>
    asked.get(name) ?? [{ kind: "default" }];
  return programs.flatMap((program, index) =>
    [
      ...(direct[index] ?? []),
      ...wrapperCalls(program, wrappers, { follow, selectorsIn }),
      ...notedCalls(program.path, program.comments),
    ].sort((a, b) => a.line - b.line || a.column - b.column),
  );
}

/** The calls of `getPrompt` on a client. Of several clients that it may be, one with a default alias says most. */
function lookUps({ calls }: Program, follow: Follow): readonly { call: Call; client: Client }[] {
  return calls.flatMap((call) => {
    const clients = follow(call.callee).flatMap((head) => (head.kind === "lookup" ? [head.client] : []));
    const client = clients.find(({ alias }) => alias !== undefined) ?? clients[0];
    return client === undefined ? [] : [{ call, client }];
  });
}

function siteOf(
  { path }: Program,
  call: Call,
  rest: Pick<CallSite, "targets" | "renderings" | "isPassedOn">,
): CallSite {
  const { callee } = call;
  const span = spanOf(call);
  const name = argumentAt(call.arguments, 0, "name");
  return {
    file: path,
    found: "method",
    callee: (callee.kind === "member" ? callee.property : undefined) ?? "getPrompt",
    ...rest,
    nameAt: name === undefined ? span : spanOf(name),
    ...span,
  };
}

/** Tells whether what a call gets leaves the reader's sight; everything is looked at on the first question. */
function passedOnTest(programs: readonly Program[], follow: Follow): (call: Call) => boolean {
  let passedOn: Set<Call> | undefined;
  return (call) => {
    passedOn ??= new Set(
      programs.flatMap((program) =>
        program.passedOn.flatMap((expression) =>
          follow(expression).flatMap((head) => (head.kind === "prompt" ? [head.call] : [])),
        ),
      ),
    );
    return passedOn.has(call);
  };
}
