"""docs/configuration.md, written from the settings themselves: `make docs`."""

import sys
from pathlib import Path

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from mailagent.settings.complaint import inner_model, toml
from mailagent.settings.files import read_toml
from mailagent.settings.home import CONFIG
from mailagent.settings.model import ConfigFile
from mailagent.settings.tasks import TaskSettings
from mailagent.shipped import shipped

_HEAD = """\
# Configuration

<!-- Written by `make docs` from the settings model; change it there. -->

Everything stands in one folder, the agent's home: the one given with `--home`, else the one named
by `MAILAGENT_HOME`, else the current folder if it holds a `mailagent.toml`, else
`~/.local/share/mailagent`. `mailagent init` writes the files, `mailagent doctor` checks them.
A mistake is told in one line with the file, the key and an example of a right value.

What a file does not say holds as shipped (the column *as shipped*); a dash means that the key has
to be given.

## mailagent.toml
"""

_TASKS = """\
## tasks.toml

One section for each task of the shipped list: {tasks}.

{table}
## policy.toml

Rules of your own, added to the shipped ones; one of the same name takes the place of the shipped
one. Every rule that hits is recorded, the strictest verdict counts, and what no rule speaks of is
asked.

```toml
[[rule]]
name = "large-bill"
when = {{ task = "bills", amount_over = {{ amount = "5000", currency = "EUR" }} }}
verdict = "code"
why = "Bills over 5,000 need more than a word."
```

`when` has at least one of `task`, `capability`, `check_failed` (the name of a check, or `any`),
`amount_over`, `kind` (of document), `vendor`, `new` (nobody dealt with before), `confidence_under`,
`sender` (an address, or `@` and a domain), `person` (who is asked), `weekday` and `failing` (the
last so many calls for one of its actions failed); all that is given must hold. `verdict` is one of,
strictest first: `forbid`,
`two people`, `code`, `ask`. A standing approval cannot be written into a file: it comes from a
person's own word by mail.

## sensitive.toml

What is filed apart, shown, attached and searched nowhere, and given to no model and no
substitute. The shipped rules know payslips, health and identity papers and privileged letters
(`payslip`, `health`, `identity`, `privileged`); a file of this name in the home folder adds to
them, or names private matters of your own.

```toml
[payslip]
titles = ["Lohnzettel"]          # added to the shipped ones; with `only = true` in place of them

[board]                          # a name of your own
titles = ["minutes of the board"]
words = ["quorum", "resolution", "chairman"]
least = 3                        # so many different words are enough
names = ["boardminutes"]         # of a file, where nothing can be read in it
marks = ['BOARD-\\d{{4}}']         # regular expressions
```

`titles` are short lines near the top. A shipped rule is switched off by `only = true` alone.

## Secrets

Passwords are looked for in this order, and are never options of a command:

1. the environment: `MAILAGENT_MAILBOX_PASSWORD`, `MAILAGENT_SMTP_PASSWORD`,
   `MAILAGENT_FILES_PASSWORD` (the WebDAV server that documents are filed on);
2. the system's keyring: `keyring set mailagent/COMPANY-ID mailbox_password`;
3. `secrets.toml` in the home folder, with the keys `mailbox_password`, `smtp_password` and
   `files_password`. It
   must have mode 600; it is refused while others can read it.

Where only the password of the mailbox is given, it serves for sending too.
"""


def reference() -> str:
    """The whole page."""
    defaults = read_toml(shipped("config") / CONFIG)
    parts = [_HEAD]
    for name, field in ConfigFile.model_fields.items():
        section = inner_model(field.annotation)
        if section is not None:
            heading = f"[{name}]" if section is field.annotation else f"[[{name}]]"
            parts.append(f"### {heading}\n\n{section.__doc__}\n\n{_table(section, defaults, name)}")
    tasks = read_toml(shipped("config") / "tasks.toml")
    names = ", ".join(f"`{name}`" for name in tasks)
    parts.append(_TASKS.format(tasks=names, table=_table(TaskSettings, tasks, next(iter(tasks)))))
    return "\n".join(parts)


def _table(model: type[BaseModel], defaults: dict[str, dict[str, object]], name: str) -> str:
    shipped_values = defaults.get(name, {})
    rows = "".join(
        f"| `{key}` | {field.description} | {_default(key, field, shipped_values)} "
        f"| `{toml(field.examples[0]) if field.examples else ''}` |\n"
        for key, field in model.model_fields.items()
    )
    return "| key | what it is | as shipped | example |\n| --- | --- | --- | --- |\n" + rows


def _default(key: str, field: FieldInfo, shipped_values: dict[str, object]) -> str:
    if key in shipped_values:
        return f"`{toml(shipped_values[key])}`"
    if field.is_required():
        return "-"
    return "none" if field.default is None else f"`{toml(field.default)}`"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(reference(), encoding="utf-8")
