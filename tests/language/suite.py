"""The suite: replies as they arrive, what was shown, and what has to come out."""

import json
import tomllib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from mailagent.core.decision import Verbs, verbs_from
from mailagent.core.message import Arrival, Place
from mailagent.reading.replies import Sent, heard
from parsers.mail.reply_facts import reply_facts
from tests.language.clients import CLIENTS

HERE = Path(__file__).parent
AT = datetime(2026, 11, 30, 11, 0, tzinfo=UTC)  # a Monday
EXECUTES = frozenset({"approve", "reject", "undo", "brief"})


class Case(NamedTuple):
    """A reply: `changed` are edits inside the quoted block, before and after."""

    shown: str
    client: str
    own: str
    want: dict[str, Any]
    changed: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """For the report."""
        return f"{self.shown}-{self.client}: {self.own[:60]!r}"


@cache
def cases() -> tuple[Case, ...]:
    """All of replies.jsonl."""
    lines = (HERE / "replies.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(Case(**json.loads(line)) for line in lines)


@cache
def sent(name: str) -> Sent:
    """What was shown, as a file of `--shown` says it."""
    return Sent.model_validate_json((HERE / "shown" / f"{name}.json").read_bytes())


@cache
def verbs() -> Verbs:
    path = HERE.parents[1] / "config" / "verbs.toml"
    return verbs_from(tomllib.loads(path.read_text(encoding="utf-8")))


def mail(case: Case) -> bytes:
    """The reply on the wire."""
    text = sent(case.shown).text
    for before, after in case.changed:
        assert before in text, case.name
        text = text.replace(before, after)
    subject = "Automatic reply: " if case.want["decision"] == "automatic" else "Re: "
    head = (
        "From: Ann Lee <ann@acme.example>\nTo: ops@acme.example\n"
        f"Subject: {subject}EUR 1,234.56 Nordlicht Hosting [ops 4F7Q]\n"
        "Date: Mon, 30 Nov 2026 11:00:00 +0000\nMessage-ID: <r1@acme.example>\n"
        "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
    )
    return f"{head}\n{CLIENTS[case.client](case.own, text)}".replace("\n", "\r\n").encode()


def outcome(case: Case) -> dict[str, Any]:
    """What the agent makes of it."""
    place = Place(folder="INBOX", uidvalidity=1, uid=1)
    reply = reply_facts(Arrival(place=place, raw=mail(case), received_at=AT))
    return heard(reply, sent(case.shown), AT, verbs())


def is_right(case: Case, got: dict[str, Any]) -> bool:
    """Whether all that was to come out did, and nothing besides."""
    want = case.want
    if got["decision"] != want["decision"] or got["left_out"] != want.get("left_out", []):
        return False
    if got["edits"] != want.get("edits", {}) or got["items"] != want.get("items", {}):
        return False
    if "reason" in want and got["reason"] != want["reason"]:
        return False
    said = ((got["when"] or "")[:10], got["to"] or "", got["reject_reason"] or "")
    wanted = (want.get("when", ""), want.get("to", ""), want.get("reject_reason", ""))
    return said == wanted


def is_dangerous(case: Case, got: dict[str, Any]) -> bool:
    """Whether it executes what was not said."""
    if got["decision"] not in EXECUTES:
        return False
    if got["decision"] == "brief" or case.want["decision"] == "brief":
        wanted = case.want.get("items", {})
        said = got["items"].items() if got["decision"] == "brief" else [("all", "")]
        return any(word not in _HARMLESS and wanted.get(n) != word for n, word in said)
    if got["decision"] != case.want["decision"]:
        return True
    return not set(case.want.get("left_out", ())) <= set(got["left_out"]) or (
        got["items"] != case.want.get("items", {})
    )


_HARMLESS = frozenset({"edit", "later", "why", "ask", "unclear"})
