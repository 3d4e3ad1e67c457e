"""The files that a new home begins with."""

import os
import re
import tomllib
import unicodedata
from pathlib import Path

from mailagent.core.value import Value
from mailagent.settings.complaint import toml
from mailagent.settings.files import check_config, read_toml
from mailagent.settings.home import CONFIG
from mailagent.settings.passwords import FILE as SECRETS
from mailagent.settings.providers import Server
from mailagent.shipped import shipped

_TASKS = """\
# Which work the agent takes over, and who is asked. For example:
#
# [bills]
# on = true
# approvers = ["{person}"]
"""

_POLICY = """\
# Rules of your own; they are added to the shipped ones, and the strictest one counts. For example:
#
# [[rule]]
# name = "large-bill"
# when = {{ task = "bills", amount_over = {{ amount = "5000", currency = "{currency}" }} }}
# verdict = "code" # forbid > two people > code > ask
# why = "Bills over 5,000 need more than a word."
"""


_SAYS = {
    "[company]": "# Who you are. A bill made out to another is doubtful; vat_ids = [...] helps.",
    "[[people]]": "# Who decides. Another [[people]] below it is another person.",
    "[mailbox]": "# Where documents arrive (IMAP). The password is in secrets.toml, not here.",
    "[smtp]": "# The way out for the agent's own mails.",
}
# What a new home begins with; the rest is switched on when this works.
_FIRST = "bills"


class Start(Value):
    """What has to be known before the agent can begin."""

    company: str
    ops_address: str
    owner: str
    owner_address: str
    imap: Server
    smtp: Server
    login: str
    ca_file: str = ""
    country: str = ""
    currency: str = "EUR"
    language: str = "en"
    timezone: str = "UTC"

    @property
    def owner_id(self) -> str:
        """The owner's short name: the first of their names."""
        return short_name(self.owner.split(" ")[0], "owner")


def _write_whole(path: Path, text: str) -> None:
    """Whole or not at all: half a file would be taken for a home the next time."""
    half = path.with_suffix(".half")
    try:
        half.write_text(text, encoding="utf-8")
        half.replace(path)
    except OSError:
        half.unlink(missing_ok=True)
        raise


def write_home(home: Path, start: Start, password: str = "") -> list[Path]:
    """Writes mailagent.toml, and its neighbours where there are none; the paths written."""
    config = config_text(start)
    check_config(home / CONFIG, tomllib.loads(config))
    home.mkdir(parents=True, exist_ok=True)
    _write_whole(home / CONFIG, config)
    hints = {
        home / "tasks.toml": _others_off() + _TASKS.format(person=start.owner_id),
        home / "policy.toml": _POLICY.format(currency=start.currency),
    }
    missing = [path for path in hints if not path.exists()]
    for path in missing:
        _write_whole(path, hints[path])
    return [home / CONFIG, *missing, *write_secret(home, password)]


def _others_off() -> str:
    names = [name for name in read_toml(shipped("config") / "tasks.toml") if name != _FIRST]
    off = "".join(f"\n[{name}]\non = false\n" for name in names)
    return f"# One task to begin with, bills. Switch on what you want next.\n{off}\n"


def config_text(start: Start) -> str:
    """The mailagent.toml of a start."""
    sections: dict[str, dict[str, object]] = {
        "[company]": {
            "id": short_name(start.company, "company"),
            "name": start.company,
            "domain": start.ops_address.rpartition("@")[2],
            "ops_address": start.ops_address,
            "country": start.country,
            "currency": start.currency,
        },
        "[[people]]": {
            "id": start.owner_id,
            "name": start.owner,
            "addresses": [start.owner_address],
            "language": start.language,
            "timezone": start.timezone,
        },
        "[mailbox]": {**start.imap.model_dump(), "user": start.login, "ca_file": start.ca_file},
        "[smtp]": {**start.smtp.model_dump(), "user": start.login, "ca_file": start.ca_file},
    }
    body = (
        "\n".join([_SAYS[head], head, *(f"{key} = {toml(value)}" for key, value in keys.items())])
        for head, keys in sections.items()
    )
    return "# Every key and what it means: docs/configuration.md\n\n" + "\n\n".join(body) + "\n"


def short_name(name: str, otherwise: str) -> str:
    """A name as an id: Meyer & Söhne GmbH becomes meyer-sohne-gmbh."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).lstrip("-0123456789").rstrip("-") or otherwise


def local_timezone() -> str:
    """The time zone of this machine, where it says so."""
    zone = Path("/etc/localtime").resolve().as_posix()
    return zone.partition("zoneinfo/")[2] or "UTC"


def write_secret(home: Path, password: str) -> list[Path]:
    """The mailbox's password, beside the configuration; nothing where none was given."""
    if not password:
        return []
    path = home / SECRETS
    path.unlink(missing_ok=True)
    # Never readable by others, not even for the moment before a chmod.
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(f"mailbox_password = {toml(password)}\n")
    return [path]
