import { expect, test } from "vitest";
import { openGated, seen } from "./story.js";

const version = '---\nname: qualify-lead\nversion: "2.1.0"\nsummary: Kinder\n---\nAsk politely\n';
const line = "gate qualify-lead@2.1.0 --for production";

test("approvals are people other than the author, from trailers and the environment", async () => {
  const desk = openGated("policy:\n  approvals: 2\n");
  desk.write({ "prompt-templates/qualify-lead/2.1.0.md": version });
  desk.commit(
    [
      "Kinder",
      "",
      "Approved-by: Grace <grace@example.com>",
      "Reviewed-by: GRACE@example.com",
      "Reviewed-by: Ada Lovelace <ada@example.com>",
    ].join("\n"),
  );
  expect(await seen(desk, line)).toMatchInlineSnapshot(`
    "
    failed  release/policy/approvals  qualify-lead@2.1.0  production    2 approvals are asked for, and grace@example.com approved
    1 of 1 check failed
    exit 1
    "
  `);
  const environment = {
    ...(desk.environment as Record<string, string>),
    PROMPTSYNC_APPROVALS: "alan, ada@example.com",
  };
  expect(await seen(desk, line, { environment })).toMatchInlineSnapshot(`
    "
    ok  release/policy/approvals  qualify-lead@2.1.0  production    approvals 2
    1 check passed
    "
  `);
});

test("an approval in the message of the merge counts", async () => {
  const desk = openGated("policy:\n  approvals: 1\n");
  desk.git("checkout", "-q", "-b", "kinder");
  desk.write({ "prompt-templates/qualify-lead/2.1.0.md": version });
  desk.commit("Kinder");
  desk.git("checkout", "-q", "main");
  desk.git("merge", "-q", "--no-ff", "-m", "Merge\n\nApproved-by: Grace <grace@example.com>", "kinder");
  expect((await desk.type(line)).exitCode).toBe(0);
});

test("a version soaks while the other alias serves it, by the dates of the commits", async () => {
  const desk = openGated("policy:\n  min_soak: 24h\n");
  desk.setDate("2026-11-01T00:00:00Z");
  await desk.done("alias set dev qualify-lead@2.0.0");
  const at = (now: string) => seen(desk, "gate qualify-lead@2.0.0 --for production", { now: new Date(now) });
  expect(await at("2026-11-01T18:00:00Z")).toMatchInlineSnapshot(`
    "
    failed  release/policy/min-soak  qualify-lead@2.0.0  production    \`dev\` has served it for 18h, and 24h are asked for
    1 of 1 check failed
    exit 1
    "
  `);
  expect(await at("2026-11-02T00:00:00Z")).toMatchInlineSnapshot(`
    "
    ok  release/policy/min-soak  qualify-lead@2.0.0  production    soak_seconds 86400
    1 check passed
    "
  `);
  desk.setDate("2026-11-01T20:00:00Z");
  await desk.done("alias set dev qualify-lead@1.1.0");
  expect(await at("2026-11-09T00:00:00Z")).toMatchInlineSnapshot(`
    "
    failed  release/policy/min-soak  qualify-lead@2.0.0  production    \`dev\` has served it for 20h, and 24h are asked for
    1 of 1 check failed
    exit 1
    "
  `);
});

test("the commit must be one that will be signed, and in CI one that is", async () => {
  const desk = openGated("policy:\n  require_signed_commit: true\n");
  expect(await seen(desk, "alias set production qualify-lead@2.0.0")).toMatchInlineSnapshot(`
    "
    2> gate release/policy/signed-commit failed
    2> error: the gates \`release\` of \`production\` do not let \`qualify-lead@2.0.0\` pass [GATE_FAILED]
    2>   release/policy/signed-commit qualify-lead@2.0.0: the commit would not be signed: \`git config commit.gpgsign true\` signs all
    2> hint: \`promptsync gate qualify-lead@2.0.0 --for production\` runs them again; nothing was written
    exit 1
    "
  `);
  const key = `${desk.home}/signing-key`;
  desk.run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", key]);
  desk.write({ [`${desk.home}/allowed`]: `ada@example.com ${desk.read(`${key}.pub`)}` });
  desk.git("config", "gpg.format", "ssh");
  desk.git("config", "user.signingKey", key);
  desk.git("config", "gpg.ssh.allowedSignersFile", `${desk.home}/allowed`);
  desk.git("checkout", "-q", "-b", "release");
  desk.git("config", "commit.gpgSign", "true");
  await desk.done("alias set production qualify-lead@2.0.0");
  expect((await desk.type("gate --base main")).exitCode).toBe(0);
  desk.git("config", "commit.gpgSign", "false");
  await desk.done("alias set dev qualify-lead@2.0.0");
  expect(await seen(desk, "gate --base main")).toMatchInlineSnapshot(`
    "
    failed  release/policy/signed-commit  qualify-lead@2.0.0  production    commit <commit> is not signed
    1 of 1 check failed
    exit 1
    "
  `);
});
