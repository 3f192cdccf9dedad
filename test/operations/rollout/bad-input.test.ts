import { expect, test } from "vitest";
import { openRollout } from "./story.js";

const desk = openRollout();
const before = desk.picture();

/** Lines that cannot be done, each with its code and the entry that its message names. */
const refused: readonly (readonly [line: string, code: string, entry: string])[] = [
  ["canary set --alias production --version v2.0.0 --percentage 100.001", "USAGE", "100.001"],
  ["canary set --alias production --version v2.0.0 --percentage ten", "USAGE", "ten"],
  ["canary set --alias production --version v2.0.0 --percentage 5 --steps 50,10", "USAGE", "50,10"],
  ["canary set --alias production --version v9.0.0 --percentage 5", "VERSION_NOT_FOUND", "v9.0.0"],
  ["canary set --alias prodction --version v2.0.0 --percentage 5", "ALIAS_NOT_FOUND", "prodction"],
  ["canary set --alias audited --version v2.0.0 --percentage 5", "STATE_INVALID", "audited"],
  ["canary set --version v2.0.0 --percentage 5", "USAGE", "--alias"],
  ["canary promote refund --alias production", "CANARY_NOT_FOUND", "refund@production"],
  ["canary step refnud --alias production", "PROMPT_NOT_FOUND", "refnud"],
  ["tenant set acme refund@3.0.0 --alias production", "VERSION_NOT_FOUND", "3.0.0"],
  ["tenant set acme refund@1.0.0 --alias prodction", "ALIAS_NOT_FOUND", "prodction"],
  ["tenant set acme qualify-lead@2.0.0 --alias audited", "STATE_INVALID", "audited"],
  ["tenant remove acme", "TENANT_NOT_FOUND", "acme"],
  ["flag create Concise --expires 2026-12-01", "NAME_INVALID", "Concise"],
  ["flag create concise", "USAGE", "--expires"],
  ["flag create concise --expires 2026-02-30", "USAGE", "2026-02-30"],
  ["flag create concise --expires 2026-12-01 --kind forever", "USAGE", "forever"],
  ["flag link concise refund@2.0.0", "FLAG_NOT_FOUND", "concise"],
  ["flag remove concise", "FLAG_NOT_FOUND", "concise"],
  ["rollback refund --alias prodction", "ALIAS_NOT_FOUND", "prodction"],
  ["rollback --alias production --at 2026-13-01", "USAGE", "2026-13-01"],
  ["rollback --alias production --to 1.0.0 --release", "USAGE", "--release"],
  ["deprecate refund@1.0.0 --replacement 2.0.0 --deadline soon --reason old", "USAGE", "soon"],
  ["deprecate refund@1.0.0 --replacement 2.0.0 --deadline 2026-12-31", "USAGE", "--reason"],
  ["resolve refund --scope caht=1", "USAGE", "caht"],
  ["render refund --scope caht=1", "USAGE", "caht"],
  ["override list caht", "USAGE", "caht"],
  ["yank refund@3.0.0", "VERSION_NOT_FOUND", "3.0.0"],
  ["yank refund@production", "REFERENCE_INVALID", "refund@production"],
  ["remove refund@1.0.0", "REMOVAL_TOO_EARLY", "refund@1.0.0"],
  ["emergency open refund@3.0.0 --label broken", "VERSION_NOT_FOUND", "3.0.0"],
  ["emergency resolve inc-7", "EMERGENCY_NOT_FOUND", "inc-7"],
  ["override set chart chat-1 refund@2.0.0", "USAGE", "chart"],
  ["override remove chat chat-1", "OVERRIDE_NOT_FOUND", "chat-1"],
  ["capability link answer refund --priority high", "USAGE", "high"],
  ["capability unlink answer refund", "CAPABILITY_NOT_FOUND", "answer"],
  ["prompt set refund ownr team-sales", "USAGE", "ownr"],
  ["prompt set refund recommended 3.0.0", "VERSION_NOT_FOUND", "3.0.0"],
  ["canary list --alias prodction", "ALIAS_NOT_FOUND", "prodction"],
  ["alias list prodction", "ALIAS_NOT_FOUND", "prodction"],
  ["version get prodction", "ALIAS_NOT_FOUND", "prodction"],
  ["log refnud", "PROMPT_NOT_FOUND", "refnud"],
  ["log --alias prodction", "ALIAS_NOT_FOUND", "prodction"],
  ["log --tenant acme", "TENANT_NOT_FOUND", "acme"],
  ["trace refnud", "PROMPT_NOT_FOUND", "any commit of main"],
  ["rollback --alias production --release", "NOTHING_TO_ROLL_BACK", "several prompts"],
];

test.each(refused)("`%s` is refused and writes nothing", async (line, code, entry) => {
  const refusal = await desk.refusal(line);
  expect(refusal).toMatchObject({ code, exitCode: 2 });
  expect(refusal.message).toContain(entry);
  expect(refusal.hint).not.toBeNull();
  expect(desk.picture()).toEqual(before);
});

test("the hint of a refusal says what helps", async () => {
  const there = openRollout();
  await there.done("tenant set acme refund@1.0.0 --alias production");
  await there.done("override set chat chat-1 refund@1.0.0");
  const hintOf = async (line: string): Promise<string | null> => (await there.refusal(line)).hint;
  expect(await hintOf("tenant remove acme qualify-lead")).toBe("it has refund@production");
  expect(await hintOf("override remove chat chat-1 qualify-lead")).toBe("it has refund");
  expect(await hintOf("tenant remove acm")).toBe("did you mean `acme`?");
  expect(await hintOf('prompt set refund owner ""')).not.toContain("why this changes");
  expect(
    await hintOf("canary set --alias production --version refund@2.0.0 refund@1.0.0 --percentage 5"),
  ).toBe("name each prompt once, such as `refund@1.0.0`");
});
