import { describe, expect, it } from "vitest";
import { scanSource } from "../../src/scan/index.js";
import { callsIn } from "./support.js";

const client = "from promptsync import PromptManager\nprompts = PromptManager()\n";

/** The calls of a Python file that begins with a client called `prompts`. */
function after(code: string): Promise<readonly string[]> {
  return callsIn({ "lead.py": client + code });
}

describe("binding to the import", () => {
  const bound: Readonly<Record<string, string>> = {
    "a named import": "from promptsync import PromptManager\np = PromptManager()",
    "an aliased import": "from promptsync import (\n    PromptManager as PM,\n)\np = PM(source='x')",
    "a module import": "import promptsync\np = promptsync.PromptManager()",
    "an aliased module": "import promptsync as ps\np = ps.PromptManager()",
    "a submodule": "from promptsync.client import PromptManager\np = PromptManager()",
    "an annotation": "from promptsync import PromptManager\np: PromptManager",
    "a quoted optional annotation":
      "from promptsync import PromptManager\np: 'Optional[PromptManager]' = None",
    "a factory": "from promptsync import PromptManager\ndef make():\n    return PromptManager()\np = make()",
    "a cached generator":
      "from promptsync import PromptManager\n@lru_cache\ndef make():\n    yield PromptManager()\np = make()",
    "a conditional": "from promptsync import PromptManager\np = old or PromptManager()",
    "a with statement": "from promptsync import PromptManager\nwith PromptManager() as p:\n    pass",
    "a walrus": "from promptsync import PromptManager\nif (p := PromptManager()): pass",
    "a subclass": "from promptsync import PromptManager\nclass P(PromptManager): pass\np = P()",
    "several targets": "from promptsync import PromptManager\np = q = PromptManager()",
    "a tuple": "from promptsync import PromptManager\np, q = PromptManager(), 1",
  };
  it.each(Object.entries(bound))("follows %s", async (_, code) => {
    const calls = await callsIn({ "a.py": `${code}\np.get_prompt("refund")\n` });
    expect(calls.map((call) => call.replace(/^\d+:/, ""))).toEqual(["3 get_prompt refund"]);
  });

  it("leaves functions of the same name alone that come from elsewhere", async () => {
    expect(await after('store.get_prompt("theirs")\nget_prompt("theirs")\n')).toEqual([]);
  });

  it("finds the client on self, in a class body and in a dataclass field", async () => {
    const code = `
class Leads:
    prompts = PromptManager()
    def ask(self):
        return self.prompts.get_prompt("welcome").format()

class Refunds:
    def __init__(self, prompts: PromptManager):
        self._prompts = prompts
    async def ask(this):
        return (await this._prompts.get_prompt("refund")).format()

@dataclass
class Late:
    prompts: PromptManager
    def ask(self):
        return self.prompts.get_prompt("late").format()
`;
    expect(await after(code)).toEqual([
      "7:29 get_prompt welcome format()",
      "13:37 get_prompt refund format()",
      "19:29 get_prompt late format()",
    ]);
  });

  it("finds a client that another module exports", async () => {
    const files = {
      "app/prompts.py": client,
      "app/__init__.py": "",
      "app/a.py": 'from .prompts import prompts\nprompts.get_prompt("welcome")\n',
      "app/b.py": 'from app.prompts import prompts as p\np.get_prompt("refund")\n',
      "app/c.py": 'from app import prompts\nprompts.prompts.get_prompt("late")\n',
      "app/d.py": 'from .store import prompts\nprompts.get_prompt("theirs")\n',
    };
    expect(await callsIn(files)).toEqual([
      "app/a.py:2:9 get_prompt welcome",
      "app/b.py:2:3 get_prompt refund",
      "app/c.py:2:17 get_prompt late",
    ]);
  });
});

describe("the name and the alias", () => {
  const asked: Readonly<Record<string, string>> = {
    '"refund"': "refund",
    "'re' 'fund'": "refund",
    '"re" + "fund"': "refund",
    'f"{NAME}@stable"': "refund@stable",
    NAME: "refund",
    "Names.REFUND.value": "refund",
    '"refund" if vip else "welcome"': "refund|welcome",
    '"refund", version_or_alias="stable"': "refund@stable",
    '"refund", "stable"': "refund@stable",
    '"refund", version_or_alias="1.2.0"': "refund@1.2.0",
    '"refund", version_or_alias=alias': "refund@?",
    '"refund", **options': "refund@?",
    '"refund", tenant=tenant': "refund",
    'name="refund"': "refund",
    name: "?",
    'f"refund-{locale}"': "?",
    "*names": "?",
  };
  it.each(Object.entries(asked))("reads get_prompt(%s)", async (given, expected) => {
    const code = `
NAME = "refund"
class Names(str, Enum):
    REFUND = "refund"
def ask(name, names, options, locale, alias, tenant):
    prompts.get_prompt(${given})
`;
    expect(await after(code)).toEqual([`8:13 get_prompt ${expected}`]);
  });
});

describe("the variables", () => {
  const passed: Readonly<Record<string, string>> = {
    "company=1, notes=notes": "format(company,notes)",
    '{"company": 1, "notes": 2}': "format(company,notes)",
    "dict(company=1)": "format(company)",
    "company=1, **rest": "format(company,…)",
    '{"company": 1, **rest}': "format(company,…)",
    "**DEFAULTS, company=1": "format(tone,company)",
    "**rest": "format(…)",
    rest: "format(?)",
    later: "format(company,tone)",
    "{key: 1}": "format(…)",
    "": "format()",
  };
  it.each(Object.entries(passed))("reads format(%s)", async (given, expected) => {
    const code = `
DEFAULTS = {"tone": "formal"}
async def ask(rest, key):
    later = {"company": 1}
    later["tone"] = "formal"
    prompt = await prompts.get_prompt("refund")
    return prompt.format(${given})
`;
    expect(await after(code)).toEqual([`8:28 get_prompt refund ${expected}`]);
  });

  it("follows prompts through gather, a comprehension and a loop", async () => {
    const code = `
async def ask():
    a, b = await asyncio.gather(prompts.get_prompt("a"), prompts.get_prompt("b"))
    for name in ["c", "d"]:
        prompts.get_prompt(name).format(x=1)
    [prompts.get_prompt(n).format() for n in ("e", "f")]
    return a.format(x=1) + b.format(y=2)
`;
    expect(await after(code)).toEqual([
      "5:41 get_prompt a format(x)",
      "5:66 get_prompt b format(y)",
      "7:17 get_prompt c|d format(x)",
      "8:14 get_prompt e|f format()",
    ]);
  });

  it("knows which prompt a name holds when it is used again", async () => {
    const code = `
prompt = prompts.get_prompt("welcome")
prompt.format(name=1)
prompt = prompts.get_prompt("refund")
if vip:
    prompt = prompts.get_prompt("vip")
prompt.format(order=1)
name = "a"
name += suffix
prompts.get_prompt(name)
`;
    expect(await after(code)).toEqual([
      "4:18 get_prompt welcome format(name)",
      "6:18 get_prompt refund format(order)",
      "8:22 get_prompt vip format(order)",
      "12:9 get_prompt ?",
    ]);
  });

  it("says that a prompt is passed on when nothing here renders it", async () => {
    expect(await after('def load():\n    return prompts.get_prompt("refund")\n')).toEqual([
      "4:20 get_prompt refund passed on",
    ]);
  });
});

it("takes a comment for the dynamic call below it", async () => {
  const code = `
def ask(name, values):
    # promptsync-uses: refund@stable vars=order,tone
    prompt = prompts.get_prompt(name)
    return prompt.format(**values)
`;
  expect(await after(code)).toEqual(["5:5 promptsync-uses refund@stable promptsync-uses(order,tone)"]);
});

it("reads the calls of a wrapper", async () => {
  const code = 'render("refund", {"order": 1})\nself.render("refund", variables={"order": 1})\n';
  expect(await callsIn({ "a.py": code }, { wrappers: [{ function: "render", variables: 1 }] })).toEqual([
    "1:1 render refund render(order)",
    "2:6 render refund render(order)",
  ]);
});

it("finds the calls of a file that does not parse everywhere, and says where it does not", async () => {
  const text = `${client}prompts.get_prompt("refund")\ndef broken(:\n    pass\n`;
  const { calls, problems } = await scanSource({ path: "a.py", text });
  expect(calls).toHaveLength(1);
  expect(problems).toMatchObject([{ file: "a.py", line: 4, column: 12 }]);
});
