import { expect, test } from "vitest";
import { transcript } from "../support/terminal.js";
import { emptyShop, openShop } from "./story.js";

const withoutIds = (text: string) => text.replaceAll(/\b[0-9a-f]{12}\b/g, "<commit>");

test("a push tells the number, the step and why, then what moved", async () => {
  const desk = openShop();
  desk.write({
    "prompts/customer_support.txt":
      "You are a helpful assistant for {{ company_name }}, and you help {{ name }}.\n",
    "prompts/refund.txt": "Refund {{ order }}.\n",
  });
  expect(withoutIds(transcript(await desk.type("push --alias dev")))).toMatchInlineSnapshot(`
    "
    + customer_support  2.0.0 → 3.0.0  major
        major  input \`name\` is new and required; callers that do not pass it break
        patch  the wording changed (27 % of the words)
    + refund            1.0.0          new
    dev  customer_support  2.0.0 → 3.0.0
    dev  refund            1.0.0
    commit <commit>
    "
  `);
  expect(transcript(await desk.type("push --alias dev"))).toMatchInlineSnapshot(`
    "
    unchanged: customer_support, refund
    nothing to push
    "
  `);
});

test("a step that is larger than it has to be says so", async () => {
  const desk = openShop();
  desk.write({
    "prompts/customer_support.txt": "Help everybody who asks about {{ company_name }} in two sentences.\n",
  });
  expect(transcript(await desk.type("push --dry-run"))).toMatchInlineSnapshot(`
    "
    + customer_support  2.0.0 → 2.1.0  minor, patch would do
        patch  the wording changed (54 % of the words)
    dry run: nothing was written
    "
  `);
});

test("many changes are cut to the weightiest, with the line that shows all", async () => {
  const desk = await emptyShop();
  const names = ["a", "b", "c", "d", "e", "f", "g"];
  desk.write({ "prompts/report.txt": "Report.\n" });
  await desk.done("push");
  desk.write({ "prompts/report.txt": `Report ${names.map((name) => `{{ ${name} }}`).join(" ")}.\n` });
  expect(transcript(await desk.type("push --dry-run --no-color", { columns: 60 }))).toMatchInlineSnapshot(`
    "
    + report  1.0.0 → 2.0.0  major
        major  input \`a\` is new and required; callers that do
               not pass it break
        major  input \`b\` is new and required; callers that do
               not pass it break
        major  input \`c\` is new and required; callers that do
               not pass it break
        major  input \`d\` is new and required; callers that do
               not pass it break
        major  input \`e\` is new and required; callers that do
               not pass it break
        … 3 more changes: promptsync diff report
    dry run: nothing was written
    "
  `);
});

test("moves of aliases stand in columns", async () => {
  const desk = openShop();
  expect(withoutIds(transcript(await desk.type("alias set production --from dev")))).toMatchInlineSnapshot(`
    "
    production  customer_support  1.2.3 → 2.0.0
    production  qualify-lead      1.0.0
    commit <commit>
    "
  `);
  expect(withoutIds(transcript(await desk.type("alias remove stable")))).toMatchInlineSnapshot(`
    "
    stable  customer_support  1.2.3 → removed
    commit <commit>
    "
  `);
  expect(withoutIds(transcript(await desk.type("default set customer_support@2.0.0 --dry-run"))))
    .toMatchInlineSnapshot(`
    "
    default  customer_support  1.0.0 → 2.0.0
    dry run: nothing was written
    "
  `);
  expect(transcript(await desk.type("default set customer_support@1.0.0"))).toMatchInlineSnapshot(`
    "
    nothing to do: everything is as asked
    "
  `);
});
