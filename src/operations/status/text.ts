import { entryLabel } from "../../core/state/versions-served.js";
import type { Style } from "../operation.js";
import type { Status } from "../status.js";
import { plural } from "../text/plural.js";
import { table } from "../text/table.js";
import { soonDays } from "./dates.js";

type Row = readonly string[];

/** The dashboard: a section for each kind of thing that is open, what presses first. */
export function statusText(status: Status, style: Style): string {
  const sections: readonly (readonly [title: string, rows: readonly Row[]])[] = [
    ["Post-mortems owed", postMortemRows(status, style)],
    ["Yanked versions that are still named", yankedRows(status, style)],
    ["Expired flags", flagRows(status.expiredFlags, style)],
    ["Flags that expire soon", flagRows(status.expiringFlags, style)],
    ["Deprecated versions", deprecationRows(status, style)],
    ["Canaries", canaryRows(status, style)],
    ["Aliases that lag", lagRows(status, style)],
    ["Versions that nothing serves", unreachableRows(status, style)],
    ["Drafts to push", draftRows(status, style)],
  ];
  const shown = sections
    .filter(([, rows]) => rows.length > 0)
    .map(([title, rows]) => {
      const indented = rows.map((row) => ["", ...row]);
      return `\n${style.bold(title)}\n${table(indented, style)}`;
    });
  return [
    whereText(status, style),
    ...(shown.length === 0 ? [style.green("nothing needs you")] : shown),
  ].join("\n");
}

function whereText({ branch, commit, remote }: Status, style: Style): string {
  const at = style.dim(`at ${commit?.slice(0, 12) ?? "no commit yet"}`);
  const distance = remote === null ? "" : style.dim(", ") + distanceOf(remote, style);
  return `${style.bold(branch ?? "detached HEAD")} ${at}${distance}`;
}

function distanceOf({ branch, ahead, behind }: NonNullable<Status["remote"]>, style: Style): string {
  if (ahead + behind === 0) return style.dim(`level with ${branch}`);
  const parts = [
    ahead === 0 ? "" : `${plural(ahead, "commit")} ahead of`,
    behind === 0 ? "" : `${plural(behind, "commit")} behind`,
  ];
  return style.yellow(`${parts.filter(Boolean).join(" and ")} ${branch}`);
}

/** A day, and how far it is: red when it has come, yellow when it comes soon. */
function dayText(date: string | null, days: number | null, style: Style): string {
  if (date === null || days === null) return style.dim("no date");
  const day = date.slice(0, 10);
  if (days < 0) return style.red(`${day}, ${plural(-days, "day")} ago`);
  if (days === 0) return style.red(`${day}, today`);
  return days <= soonDays ? style.yellow(`${day}, in ${plural(days, "day")}`) : day;
}

const postMortemRows = ({ postMortems }: Status, style: Style): Row[] =>
  postMortems.map(({ emergency, status, due, days }) => [
    style.cyan(emergency),
    status === "active" ? style.red(status) : status,
    dayText(due, days, style),
  ]);

const yankedRows = ({ yanked }: Status, style: Style): Row[] =>
  yanked.map(({ path, version, instead }) => [
    style.cyan(entryLabel(path)),
    version,
    instead === null ? style.red("nothing is left to serve") : style.yellow(`${instead} is served instead`),
  ]);

const flagRows = (flags: Status["expiredFlags"], style: Style): Row[] =>
  flags.map(({ flag, expires, days }) => [style.cyan(flag), dayText(expires, days, style)]);

const deprecationRows = ({ deprecations }: Status, style: Style): Row[] =>
  deprecations.map(({ prompt, version, deadline, days, replacement }) => [
    style.cyan(prompt),
    version,
    dayText(deadline, days, style),
    style.dim(replacement === null ? "" : `use ${replacement}`),
  ]);

const canaryRows = ({ canaries }: Status, style: Style): Row[] =>
  canaries.map((it) => [
    style.cyan(it.prompt),
    it.tenant === null ? it.alias : `${it.alias} of tenant ${it.tenant}`,
    `${it.version} at ${it.percent} %`,
    it.state === "running" ? it.state : style.yellow(it.state),
    it.days === null ? "" : style.dim(plural(it.days, "day")),
  ]);

const lagRows = ({ lag }: Status, style: Style): Row[] =>
  lag.map(({ prompt, alias, version, latest, behind }) => [
    style.cyan(prompt),
    alias,
    `${style.yellow(version)} → ${latest}`,
    style.dim(`${behind} behind`),
  ]);

const unreachableRows = ({ unreachable }: Status, style: Style): Row[] =>
  unreachable.map(({ prompt, versions, served }) => [
    style.cyan(prompt),
    style.yellow(versions.join(", ")),
    style.dim(`the newest served is ${served}`),
  ]);

const draftRows = ({ drafts }: Status, style: Style): Row[] =>
  drafts.map(({ name, file, state }) => [
    style.cyan(name),
    state === "broken" ? style.red(state) : style.yellow(state),
    style.dim(file),
  ]);
