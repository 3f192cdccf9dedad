import { isatty } from "node:tty";

/** Says whether somebody sits at a terminal whom git may ask for a password. */
export function isInteractive(environment: NodeJS.ProcessEnv): boolean {
  return isatty(0) && !environment.CI;
}
