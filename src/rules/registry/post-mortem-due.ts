import { daysBetween, inDays } from "../../core/day.js";
import { rule, type Violation } from "../rule.js";
import { entryAt } from "./entry.js";

export default rule({
  id: "registry-post-mortem-due",
  category: "registry",
  severity: "warning",
  scope: "date",
  checks: "every emergency says why and when its post-mortem is due, and none is past that day without one",
  why: "An emergency skips the usual way; the post-mortem is what it owes in return.",
  wrong: "inc-2026-041: { status: active, post_mortem_due: 2026-11-10, … }   # on the 20th",
  right: "inc-2026-041: { status: resolved, post_mortem: docs/inc-2026-041.md, … }",
  *check(world): Iterable<Violation> {
    for (const [id, entry] of Object.entries(world.catalog.state.emergencies ?? {})) {
      const { prompt, serve: version, label, post_mortem, post_mortem_due: due } = entry;
      if (post_mortem !== undefined) continue;
      const lacks = [label === undefined ? "`label`" : "", due === undefined ? "`post_mortem_due`" : ""];
      if (lacks.join("") !== "")
        yield {
          message: `emergency ${id} has no ${lacks.filter(Boolean).join(" and no ")}`,
          hint: "`promptsync emergency open` writes both: what skips every gate says why, and until when it is looked into",
          severity: "error",
          prompt,
          version,
          ...entryAt(world, ["emergencies", id], "key"),
        };
      if (due === undefined) continue;
      const days = daysBetween(due, world.today);
      if (days <= 0) continue;
      yield {
        message: `the post-mortem of ${id} was due ${inDays(days)} ago`,
        hint: "write it, and name it under `post_mortem:`",
        prompt,
        version,
        ...entryAt(world, ["emergencies", id, "post_mortem_due"]),
      };
    }
  },
});
