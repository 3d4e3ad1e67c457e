"""`mode`: how far each task goes. Narrowing is done at once; widening is drafted, for a code."""

from typing import Any, NamedTuple

from mailagent.core.decision.requests import Request, tasks_called
from mailagent.core.letter import About
from mailagent.core.modes import Mode, Scope, last_word
from mailagent.core.people import Person
from mailagent.core.said import Said, say
from mailagent.core.standing import A_DAY, HOLD_HOURS, standable
from mailagent.core.wishes import Wish, mode_called, wished
from mailagent.ports import Office, Transaction
from mailagent.ports.begin import begin_widening
from mailagent.ports.standing import mode_for, narrow
from mailagent.stages.listen.hear import Heard

Answer = tuple[About, dict[str, Any]]


class _Asked(NamedTuple):
    scope: Scope
    mode: Mode
    before: Mode


async def set_mode(
    office: Office, tx: Transaction, heard: Heard, person: Person, said: Request
) -> Answer:
    """Shows, narrows, or has it drafted."""
    wish = wished(said.argument)
    if not wish.mode:
        return About.MODE, {"listed": await _listed(office, tx)}
    task, mode = _task(office, wish.task), mode_called(wish.mode)
    if task is None or mode is None:
        off = task is None and _is_off(office, wish.task)
        return _refused(said, "off" if off else "task" if task is None else "mode")
    kinds = {str(kind): kind for kind in office.tasks[task].kinds}
    if wish.kind and wish.kind not in kinds:
        return _refused(said, "kind")
    scope = Scope(task=task, kind=kinds.get(wish.kind))
    rows = [row for row in await tx.rulings(task) if row.mode is Mode.STANDING]
    before = await mode_for(office, tx, scope)
    if mode.rank < before.rank or (mode is Mode.APPROVE and rows and before is mode):
        key = heard.kept.sha256
        gone = await narrow(office, tx, scope, mode, person.id, why="said so", key=key)
        gaps = {"scope": _called(scope), "mode": mode, "n": str(len(gone))}
        return About.NARROWED, {"gaps": gaps}
    asked = _Asked(scope, mode, before)
    why = _hindrance(office, asked, wish, person)
    if why:
        return _refused(said, why)
    await begin_widening(
        office, tx, _given(office, asked, wish, person), slot=heard.kept.id, person=person.id
    )
    return About.WIDENING, {"gaps": {"scope": _called(scope), "mode": mode, "before": before}}


def _called(scope: Scope) -> str:
    """As it can be written back."""
    return str(scope).replace("/", " ").replace("_", " ")


def _is_off(office: Office, word: str) -> bool:
    named = {word} | tasks_called(word, office.verbs)
    return any(card.name in named for card in office.cards if not card.on)


def _task(office: Office, word: str) -> str | None:
    named = {word} | tasks_called(word, office.verbs)
    found = sorted(named & set(office.tasks))
    return found[0] if len(found) == 1 else None


def _refused(said: Request, why: str) -> Answer:
    return About.NO_MODE, {
        "gaps": {"words": said.argument},
        "listed": (("", say(f"mode_why.{why}")),),
    }


def _hindrance(office: Office, asked: _Asked, wish: Wish, person: Person) -> str:
    """Why it cannot even be drafted; empty: it can."""
    task, mode = asked.scope.task, asked.mode
    if mode is asked.before:
        return "same"
    named = office.approvers.get(task, ())
    if named and person.id not in named:
        return "person"
    if min(mode.rank, Mode.APPROVE.rank) > office.modes.get(task, Mode.APPROVE).rank:
        return "ceiling"
    if mode is not Mode.STANDING:
        return ""
    may = standable(task, office.tasks[task].may)
    if not may or asked.before is not Mode.APPROVE:
        return "never" if not may else "ceiling"
    needs = "ledger.record_bill" in may and not (wish.most or person.limit)
    return "amount" if needs else ""


def _given(office: Office, asked: _Asked, wish: Wish, person: Person) -> dict[str, Any]:
    given: dict[str, Any] = asked._asdict()
    if asked.mode is not Mode.STANDING:
        return given
    may = standable(asked.scope.task, office.tasks[asked.scope.task].may)
    covers = {"vendor": wish.vendor, "most": wish.most or person.limit, "capabilities": may}
    return given | covers | {"a_day": A_DAY, "hold_hours": HOLD_HOURS}


async def _holds(office: Office, tx: Transaction, scope: Scope) -> Said:
    mode, most = await mode_for(office, tx, scope), office.modes[scope.task]
    last = last_word(scope, await tx.rulings(scope.task))
    if last is None or not last.by_itself or last.mode is not mode:
        return say("mode.says", mode=mode, most=most)
    day, why = last.since.date(), last.why
    return say("mode.stepped_down", mode=mode, most=most, task=scope.task, day=day, why=why)


async def _listed(office: Office, tx: Transaction) -> tuple[tuple[str, Said], ...]:
    lines = []
    for task in sorted(office.modes):
        if task not in office.tasks:
            continue
        lines.append((task, await _holds(office, tx, Scope(task=task))))
        plain = [row for row in await tx.rulings(task) if row.mode is not Mode.STANDING]
        for kind in sorted({row.scope.kind for row in plain if row.scope.kind}):
            scope = Scope(task=task, kind=kind)
            lines.append((_called(scope), await _holds(office, tx, scope)))
    for row in await tx.rulings():
        if row.mode is Mode.STANDING:
            told = {"task": str(row.scope), "may": ", ".join(row.capabilities)}
            told |= {"vendor": row.vendor or "-", "person": row.person}
            told |= {"most": str(row.most or "-"), "hours": str(row.hold_hours)}
            lines.append((row.name, say("mode.row", a_day=row.a_day, **told)))
    return tuple(lines)
