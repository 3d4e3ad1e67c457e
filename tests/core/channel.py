"""The approval channel in small: people, a draft, the mails that answer it, and the judgement."""

import base64
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from mailagent.core.authenticator import Authenticator
from mailagent.core.decision import Decision, Shown, Verbs, understand, verbs_from
from mailagent.core.draft import Draft
from mailagent.core.gates import (
    Candidate,
    Context,
    Verdicts,
    chosen,
    judge_reply,
    key_names,
    token_hashes,
)
from mailagent.core.message import Arrival, Place
from mailagent.core.people import Address, Person, Pin, Proof
from mailagent.core.policy import Verdict
from mailagent.core.proposal import Purpose
from mailagent.core.reply import Reply
from mailagent.core.token import Token, new_token
from mailagent.settings.providers import shipped_marks
from parsers.mail.dkim import check_signatures
from parsers.mail.reply_facts import reply_facts
from tests.core.signing import edwards_key, rsa_key

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ISSUED = NOW - timedelta(hours=2)
DIGEST = "1f" * 32
SERVER = "mx.corp.example"
SECRET = base64.b32encode(b"twenty bytes of key.").decode()

ANN = Person(
    id="ann",
    name="Ann Lee",
    addresses=(
        Address(address="ann@corp.example", pin=Pin(method=Proof.DKIM, domain="corp.example")),
        Address(
            address="ann@home.example",
            pin=Pin(
                method=Proof.SERVER, authserv_id=SERVER, domain="home.example", login="ann@home"
            ),
        ),
        Address(address="ann@phone.example", pin=Pin(method=Proof.CODE)),
    ),
)
BEN = Person(
    id="ben",
    name="Ben Ode",
    addresses=(
        Address(address="ben@corp.example", pin=Pin(method=Proof.DKIM, domain="corp.example")),
    ),
)
DNS: Mapping[str, str] = {
    "s1._domainkey.corp.example": rsa_key().record,
    "ed._domainkey.corp.example": edwards_key().record,
    "s1._domainkey.attacker.example": rsa_key().record,
    "s1._domainkey.mail.corp.example": rsa_key().record,
}
QUOTED = """\
On Fri, 20 Nov 2026 at 10:00, ops <ops@corp.example> wrote:

> Approve this bill? All 6 checks passed. Approving pays nothing yet.
> Reply  approve - reject [why] - later [when] - or the change: "due 15 Dec"
"""


@cache
def verbs() -> Verbs:
    path = Path(__file__).parents[2] / "config" / "verbs.toml"
    return verbs_from(tomllib.loads(path.read_text(encoding="utf-8")))


def draft_for(person: Person, token: Token, **changes: object) -> Draft:
    """The draft behind a token."""
    base = Draft(
        id=1,
        case=1,
        version=1,
        ref="4F7Q",
        person=person.id,
        token_hash=token.hash,
        digest=DIGEST,
        issued_at=ISSUED,
        expires_at=ISSUED + timedelta(days=7),
    )
    return base.model_copy(update=changes)


class World(NamedTuple):
    """What the store would know."""

    candidates: tuple[Candidate, ...]
    people: tuple[Person, ...] = (ANN, BEN)
    now: datetime = NOW
    authenticator: Authenticator | None = None
    is_ours: bool = False
    purpose: Purpose = Purpose.DO


def candidate(draft: Draft, **changes: object) -> Candidate:
    base = Candidate(
        draft=draft, approvers=(ANN, BEN), recomputed=draft.digest, verdict=Verdict.ASK
    )
    return base.model_copy(update=changes)


def one_draft(token: Token, *, person: Person = ANN, **changes: object) -> World:
    """A world with one draft of the usual kind; changes are of its candidate."""
    return World((candidate(draft_for(person, token), **changes),))


def token(digest: str = DIGEST) -> Token:
    return new_token(digest)


def mail(
    own: str = "approve",
    *,
    to: Token | str = "ops@corp.example",
    answers: Token | None = None,
    sender: str = "Ann Lee <ann@corp.example>",
    subject: str = "Re: EUR 5 Nordlicht [ops 4F7Q]",
    date: datetime = NOW,
    extra: str = "",
    html: str | None = None,
    quoted: str = QUOTED,
    message_id: str = "<r1@corp.example>",
) -> bytes:
    """A reply as it arrives, not signed yet."""
    tag = f"ops+{to}@corp.example" if isinstance(to, Token) else to
    head = f"From: {sender}\nTo: {tag}\nSubject: {subject}\n"
    head += f"Date: {format_datetime(date)}\nMessage-ID: {message_id}\n"
    if answers:
        head += f"In-Reply-To: <ops.{answers}@corp.example>\n"
        head += f"References: <first@vendor.example> <ops.{answers}@corp.example>\n"
    head += extra
    body = f"{own}\n\n{quoted}"
    if html is None:
        text = f"{head}MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{body}"
    else:
        text = (
            f"{head}MIME-Version: 1.0\n"
            'Content-Type: multipart/alternative; boundary="b"\n\n'
            f"--b\nContent-Type: text/plain; charset=utf-8\n\n{body}\n"
            f"--b\nContent-Type: text/html; charset=utf-8\n\n{html}\n--b--\n"
        )
    return text.replace("\n", "\r\n").encode()


def facts(raw: bytes, *, folder: str = "INBOX", at: datetime = NOW) -> Reply:
    place = Place(folder=folder, uidvalidity=1, uid=1)
    return reply_facts(Arrival(place=place, raw=raw, received_at=at))


class Heard(NamedTuple):
    """A mail after everything that the decide stage does with it, without the store."""

    reply: Reply
    decision: Decision
    verdicts: Verdicts

    @property
    def gate(self) -> str:
        """The gate that refused it; empty when none did."""
        return self.verdicts.refusal.gate.value if self.verdicts.refusal else ""


def hear(raw: bytes, world: World, *, folder: str = "INBOX") -> Heard:
    reply = facts(raw, folder=folder, at=world.now)
    names = key_names(reply, world.people)
    wanted = set(token_hashes(reply))
    context = Context(
        now=world.now,
        own_addresses=frozenset({"ops@corp.example"}),
        is_ours=world.is_ours,
        people=world.people,
        candidates=tuple(c for c in world.candidates if c.draft.token_hash in wanted),
        signatures=check_signatures(raw, {n: DNS[n] for n in names if n in DNS}),
        authenticator=world.authenticator,
        marks=shipped_marks(),
    )
    choice = chosen(reply, context)
    heavy = choice is not None and choice.candidate.verdict >= Verdict.CODE
    shown = Shown(
        purpose=world.purpose,
        ref=choice.candidate.draft.ref if choice else "",
        numbers=(1, 2, 3),
        heavy=heavy,
        names=(*(p.name for p in world.people), "mailagent"),
    )
    decision = understand(reply.own, reply.own_html, shown, verbs(), reply.aside)
    return Heard(reply, decision, judge_reply(reply, decision, context))
