/**
 * Names the file with the message of the commit that a `pre-commit` hook is asked about: git knows none yet, and ours
 * holds the evidence of the gates.
 */
export const messageVariable = "PROMPTSYNC_MESSAGE_FILE";
