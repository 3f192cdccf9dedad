/** A state in the canonical layout with a bit of everything that makes cutting it hard. */
export const shop = `# What the shop serves.
schema: promptsync/v1
project:
  default_alias: production
flags:
  concise: { owner: team, expires: 2026-12-15 }
prompts:
  # the lead
  qualify-lead:
    owner: team-sales
    default: "1.1.0"
    aliases:
      production:
        serve: "1.1.0" # since the audit
  refund:
    purpose: |
      Decides

        on the refund
    default: "1.0.0"

  welcome:
    owner: "team: hello"
emergencies:
  inc-1:
    prompt: refund
    serve: "1.0.0"
    status: resolved
`;
