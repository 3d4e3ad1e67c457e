"""What `doctor` says of what is in the store, and of the agent that works on it."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from mailagent.core.errors import MailagentError

if TYPE_CHECKING:
    from mailagent.core.audit import AuditEntry
    from mailagent.settings import Settings
    from mailagent.store.store import SqlTransaction


class Finding(NamedTuple):
    """One thing that was looked at."""

    about: str
    well: bool
    what: str


Examination = Callable[["Settings"], Finding]


def database(settings: "Settings") -> Finding:
    """Whether the store can be asked at all; if not, nothing else is asked of it."""
    from mailagent.cli.store import ask_store

    async def ask(tx: "SqlTransaction") -> int:
        return len(await tx.people())

    if not settings.database.is_file():
        return Finding("database", True, "not made yet: `mailagent run` makes it")
    try:
        ask_store(settings.home, ask)
    except MailagentError as error:
        return Finding("database", False, str(error))
    return Finding("database", True, str(settings.database))


def agent(settings: "Settings") -> Finding:
    """Whether one is at work here; there can be one at a time."""
    from mailagent.engine.lock import is_at_work

    at_work = is_at_work(settings.home / "agent.lock")
    return Finding("agent", True, "at work" if at_work else "not at work: `mailagent run`")


def people(settings: "Settings") -> Finding:
    """Whether anybody can decide anything."""
    everybody = [a for person in settings.people for a in person.addresses]
    proven = _proven(settings)
    waiting = [address for address in everybody if address not in proven]
    if len(waiting) == len(everybody):
        advice = f"run `mailagent enroll {everybody[0]}`: until then nobody can approve anything"
        return Finding("people", False, advice)
    rest = f"; not yet: {', '.join(waiting)}" if waiting else ""
    return Finding("people", True, f"enrolled: {len(proven)}{rest}")


def _proven(settings: "Settings") -> set[str]:
    from mailagent.cli.store import ask_store

    async def ask(tx: "SqlTransaction") -> set[str]:
        known = await tx.people()
        return {a.address for person in known for a in person.addresses if a.pin}

    return ask_store(settings.home, ask) if settings.database.is_file() else set()


def pins(settings: "Settings") -> Finding:
    """Whether what people were enrolled with still arrives, and cannot be forged."""
    from mailagent.cli.store import ask_store
    from mailagent.core.enrolment import doubts
    from mailagent.render.words import load
    from mailagent.shipped import shipped

    async def ask(tx: "SqlTransaction") -> list[str]:
        said = doubts(
            await tx.people(), await tx.proofs(), await tx.stripped(), settings.mailbox.user
        )
        phrases = load(shipped("templates") / "words" / "en")
        return [phrases[each.key].format_map(each.gaps) for each in said]

    found = ask_store(settings.home, ask) if settings.database.is_file() else []
    return Finding("pins", not found, "; ".join(found) or "nothing speaks against them")


def proven(settings: "Settings") -> Finding:
    """When it was measured last which of our marks come back, and what was chosen from that."""
    from mailagent.cli.store import ask_store
    from mailagent.core.survival import BY, Choice

    async def ask(tx: "SqlTransaction") -> "AuditEntry | None":
        return await tx.measured()

    found = ask_store(settings.home, ask) if settings.database.is_file() else None
    if found is None:
        return Finding("proof", True, "not measured yet: `mailagent doctor --proof` does")
    choice = Choice.model_validate_json(json.dumps(found.details["choice"]))
    routes = " and ".join(choice.routes) or "nothing: run `mailagent doctor --proof` again"
    known = f"; the owner is known by {BY[choice.proof]}" if choice.proof else ""
    told = f"measured {found.at:%d %b %Y}: answers are found by {routes}{known}"
    return Finding("proof", bool(choice.routes), told)


def held(settings: "Settings") -> Finding:
    """Whether answers wait because DNS does not say if they are genuine."""
    from mailagent.cli.store import ask_store

    async def ask(tx: "SqlTransaction") -> int:
        return len(await tx.held())

    number = ask_store(settings.home, ask) if settings.database.is_file() else 0
    told = f"{number} wait for DNS, an hour at most; then they are refused" if number else "none"
    return Finding("held answers", not number, told)


def chain(settings: "Settings") -> Finding:
    """Whether the audit log is whole."""
    from mailagent.cli.audit import prove

    if not settings.database.is_file():
        return Finding("audit", True, "nothing written yet")
    broken, anchor, _ = prove(settings.home)
    return Finding("audit", broken is None, broken or f"whole, head {anchor}")


def budget(settings: "Settings") -> Finding:
    """What the model may cost a day, and what is left of that; used up, all goes on without it."""
    from mailagent.bootstrap import SystemClock
    from mailagent.cli.store import ask_store

    if not (settings.model.provider and settings.database.is_file()):
        return Finding("model budget", True, "nothing is spent")
    today = SystemClock().now().date()
    spent = ask_store(settings.home, lambda tx: tx.spent_on_advice(today))
    told = f"{spent:.2f} of {settings.model.budget:.2f} {settings.model.currency} used today (UTC)"
    if spent >= settings.model.budget:
        told += ": used up, so all is read without it until tomorrow; `budget` under [model]"
    return Finding("model budget", True, told)


IN_THE_STORE: tuple[Examination, ...] = (agent, budget, people, pins, proven, held, chain)
