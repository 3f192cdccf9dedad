"""Renders templates with the real Jinja2: a JSON list of cases on stdin, a JSON list of outcomes on stdout.

A case is {"template", "variables", "templates", "undefined", "options"}; an outcome is {"text"} or {"error"}.
"""

import json
import signal
import sys

from jinja2 import ChainableUndefined, DictLoader, Environment, StrictUndefined, Undefined


class Strict(StrictUndefined):
    """Strict as PromptSync is: asking whether a missing value is true is allowed."""

    def __bool__(self):
        return False


MODES = {"strict": Strict, "lenient": Undefined, "chainable": ChainableUndefined}


def outcome(case):
    options = case.get("options", {})
    environment = Environment(
        loader=DictLoader(case.get("templates", {})),
        undefined=MODES[case.get("undefined", "strict")],
        extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"],
        trim_blocks=options.get("trimBlocks", False),
        lstrip_blocks=options.get("lstripBlocks", False),
        keep_trailing_newline=options.get("keepTrailingNewline", False),
    )
    signal.alarm(5)
    try:
        return {"text": environment.from_string(case["template"]).render(case.get("variables", {}))}
    except (Exception, SystemExit) as error:
        return {"error": f"{type(error).__name__}: {error}"[:200]}
    finally:
        signal.alarm(0)


def too_slow(_signal, _frame):
    raise TimeoutError("too slow")


signal.signal(signal.SIGALRM, too_slow)
json.dump([outcome(case) for case in json.load(sys.stdin)], sys.stdout)
