import { PromptSyncError } from "../../core/errors.js";

/** Names that Windows gives to devices, whatever their extension. */
const device = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$/i;

/** What HFS+ leaves out when it compares names; it would read `.g\u200cit` as `.git`. */
const ignoredByHfs = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

const forbidden = /[\u0000-\u001f\u007f<>:"|?*\\]/;

/**
 * Refuses a path that could leave its folder, reach git's own files, or that not every system can hold. Git's own
 * checks differ between its commands and versions, so this one stands before all of them.
 * @throws PromptSyncError `PATH_UNSAFE`
 */
export function checkPath(path: string): void {
  const fault = path.length > 4000 ? "is too long" : faultOf(path.split("/"));
  if (fault === null) return;
  throw new PromptSyncError("PATH_UNSAFE", `path \`${printable(path)}\` ${fault}`, {
    hint: "use letters, digits, `-`, `_` and `.` in folder and file names",
    file: path,
  });
}

function faultOf(parts: readonly string[]): string | null {
  for (const part of parts) {
    if (part === "") return "is absolute or has an empty component";
    if (part === "." || part === "..") return `has the component \`${part}\``;
    if (forbidden.test(part)) return "has a character that not every system can hold";
    if (/[. ]$/.test(part)) return "has a component that ends in a dot or a space";
    if (isGitDirectory(part)) return "reaches into a git directory";
    if (device.test(part)) return `has \`${part}\`, a device name on Windows`;
    if (Buffer.byteLength(part) > 255) return "has a component of more than 255 bytes";
  }
  return null;
}

function isGitDirectory(part: string): boolean {
  const name = part.replace(ignoredByHfs, "").toLowerCase();
  // `git~1` is the short name that NTFS gives to `.git`.
  return name === ".git" || /^git~\d+$/.test(name);
}

/** Control characters shown as `\u001b`, so that an error cannot speak to the terminal. */
function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, (character) => JSON.stringify(character).slice(1, -1));
}
