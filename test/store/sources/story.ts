/** A version file of the story. */
const version = (name: string, number: string, body: string): string =>
  `---\nname: ${name}\nversion: "${number}"\nsummary: says it better\n---\n${body}\n`;

const greeting = (number: string): string =>
  version("welcome", number, `Welcome to release ${number}, {{ name }}.`);

/** A registry in which everything decides once: aliases, a canary, a tenant, a rule, an emergency, and so on. */
export const storyFiles: Readonly<Record<string, string>> = {
  "prompt-templates/promptsync.yaml": `# What the shop serves.
schema: promptsync/v1
project:
  default_alias: production
capabilities:
  answer-customer:
    links:
      refund:
        priority: 10
flags:
  concise:
    expires: 2027-01-01
prompts:
  refund:
    default: "1.0.0"
    aliases:
      production:
        serve: "1.1.0"
    rules:
      concise:
        order: 10
        when:
          flags:
            concise: true
        serve: "2.0.0"
    tenants:
      acme:
        aliases:
          production:
            serve: "1.0.0"
    yanked:
      "1.2.0":
        reason: leaks the order
  tone:
    default: "1.0.0"
emergencies:
  inc-1:
    prompt: qualify-lead
    serve: "1.0.1-emergency.1"
    status: active
`,
  // A block of its own, beside the versions.
  "prompt-templates/shop/welcome/promptsync.yaml": `default: "1.0.0"
aliases:
  production:
    serve: "1.0.0"
    canary:
      serve: "1.1.0"
      percent: 50
      seed: welcome/production/2026-11-02
      state: running
deprecations:
  "1.0.0":
    replacement: "1.1.0"
`,
  "prompt-templates/shop/welcome/1.0.0.md": greeting("1.0.0"),
  "prompt-templates/shop/welcome/1.1.0.md": greeting("1.1.0"),
  "prompt-templates/shop/welcome/1.10.0.md": greeting("1.10.0"),
  "prompt-templates/refund/1.0.0.md": version("refund", "1.0.0", "Refund {{ order }}."),
  "prompt-templates/refund/1.1.0.md": version(
    "refund",
    "1.1.0",
    '{% include "tone@1.1.0" %} Refund {{ order }}.',
  ),
  "prompt-templates/refund/1.2.0.md": version("refund", "1.2.0", "Refund {{ order }} of {{ user }}."),
  "prompt-templates/refund/2.0.0.md": version("refund", "2.0.0", "退款 {{ order }} 😀"),
  "prompt-templates/tone/1.0.0.md": version("tone", "1.0.0", "Be kind."),
  "prompt-templates/tone/1.1.0.md": version("tone", "1.1.0", '{% include "voice@1.0.0" %} Be kind.'),
  "prompt-templates/voice/1.0.0.md": version("voice", "1.0.0", "Speak plainly."),
  "prompt-templates/voice/1.1.0.md": version("voice", "1.1.0", "Speak."),
  "prompt-templates/sales/qualify-lead/1.0.1-emergency.1.md": version(
    "qualify-lead",
    "1.0.1-emergency.1",
    "Stop.",
  ),
  "prompt-templates/README.md": "Not a version.\n",
};

/** The versions that somebody may get of the story, and what these include. */
export const reachable = [
  "qualify-lead@1.0.1-emergency.1",
  "refund@1.0.0",
  "refund@1.1.0",
  "refund@2.0.0",
  "tone@1.0.0",
  "tone@1.1.0",
  "voice@1.0.0",
  "welcome@1.0.0",
  "welcome@1.1.0",
];
