"""Everything that is no decision: why, later, ask, delegate, help ... with its argument."""

import re
from datetime import datetime, time
from enum import Enum

from mailagent.core.decision.days import Frame, Told, day_at
from mailagent.core.decision.text import Found, Text, meanings, unclear
from mailagent.core.decision.typed import now_of
from mailagent.core.decision.types import Command, ShownAs, Unclear

_MORNING = time(8)
_ADDRESS = re.compile(r"[^\s<>()\[\]:;,\"'@]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")


class Takes(Enum):
    """What may follow a command."""

    NOTHING = "nothing"
    WORDS = "words"
    DAY = "day"
    ADDRESS = "address"
    DAY_AND_WORDS = "day and words"


_TAKES = {
    "later": Takes.DAY,
    "delegate": Takes.ADDRESS,
    "away": Takes.DAY_AND_WORDS,
    **dict.fromkeys(("why", "ask", "find", "pause", "report", "digest", "resume"), Takes.WORDS),
    **dict.fromkeys(("forget", "pack", "mode"), Takes.WORDS),
}
# These are asked of nobody but the agent itself: to a draft they say nothing.
_REQUESTS = frozenset(
    {"find", "pause", "resume", "digest", "report", "away", "status", "tasks", "contracts"}
    | {"lessons", "forget", "renewals", "pack", "orders", "papers", "back", "mode"}
)
_ONLY_ALONE = frozenset({"pause", "resume", "digest", "report"})
_LONGEST_ALONE = 3  # words behind one of those


def command(text: Text) -> Command | Unclear | None:
    """A command with its argument; None when the text is none."""
    names = meanings(text.verbs.commands)
    found = _command_at(text, text.start, names) or _day_first(text, names)
    if found is None:
        return None
    named, told = found
    name = _name(names[named.phrase], text)
    if name == "undo" and text.shown.is_receipt:
        return unclear("more_than_undo", text.shown)
    return _read(text, name, named.end, told)


def _name(meant: tuple[str, ...], text: Text) -> str:
    """One phrase may mean two things in two languages; a request then means the request."""
    is_request = text.shown.kind is ShownAs.REQUEST
    return min(meant, key=lambda name: (name in _REQUESTS) is not is_request)


def _command_at(
    text: Text, at: int, names: dict[str, tuple[str, ...]]
) -> tuple[Found, Told | None] | None:
    found = text.phrase(at, frozenset(names))
    return (found, None) if found else None


def _day_first(text: Text, names: dict[str, tuple[str, ...]]) -> tuple[Found, Told | None] | None:
    """`morgen erinnern`."""
    told = day_at(text, text.start, _frame(text))
    if told is None:
        return None
    found = text.phrase(text.courtesies(told.end), frozenset(names))
    return (found, told) if found and "later" in names[found.phrase] else None


def _read(text: Text, name: str, at: int, told: Told | None) -> Command | Unclear | None:
    takes = _TAKES.get(name, Takes.NOTHING)
    if name == "wrong" and text.shown.is_receipt:
        takes = Takes.WORDS
    if takes is Takes.ADDRESS:
        return _delegate(text, at)
    if takes in (Takes.DAY, Takes.DAY_AND_WORDS):
        return _dated(text, name, at, told, words=takes is Takes.DAY_AND_WORDS)
    code = _alone(text, at)
    if code is not None:
        return Command(name=name, code=code)
    if takes is Takes.NOTHING or (name in _REQUESTS and text.shown.kind is not ShownAs.REQUEST):
        return None
    return _worded(text, name, at)


def _alone(text: Text, at: int) -> str | None:
    """The code, where nothing but courtesy and a question mark follow."""
    while at < len(text) and text.words[at].folded in ("?", "\u00bf", ":"):
        at += 1
    return text.ending(at)


def _worded(text: Text, name: str, at: int) -> Command | None:
    verbs = text.verbs
    if name != "find" and text.holds(verbs.approve | verbs.reject, at):
        return None
    if name in _ONLY_ALONE and len(text) - at > _LONGEST_ALONE:
        return None
    return Command(name=name, argument=_asked(text, at) if name == "ask" else text.text_from(at))


def _asked(text: Text, at: int) -> str:
    """A question goes out as it was written, but not the thanks and the name behind it."""
    end = next((end for end in range(at + 1, len(text)) if text.ending(end) is not None), 0)
    if not end:
        return text.text_from(at)
    start = next(word.start for word in text.words[at:] if word.folded not in ("?", ":", "\u00bf"))
    return text.own[start : text.words[end - 1].end].strip()


def _delegate(text: Text, at: int) -> Command | Unclear | None:
    """To one address, and nothing beside it that could be a condition."""
    addresses = set(_ADDRESS.findall(text.own))
    told = text.part(_ADDRESS.sub(" ", text.text_from(at)))
    loose = frozenset({"<", ">", "?", "@"}) | text.verbs.fillers
    words = [at for at in range(len(told)) if not told.phrase(at, loose | text.verbs.courtesies)]
    turning = text.verbs.conditions | text.verbs.negations | text.verbs.approve | text.verbs.reject
    if len(addresses) != 1 or len(words) > 2 or told.holds(turning - text.verbs.fillers):
        return unclear("To whom? I need one address", text.shown, ("delegate ben@...", "later"))
    return Command(name="delegate", argument=addresses.pop().rstrip(".").lower())


def _dated(
    text: Text, name: str, at: int, told: Told | None, *, words: bool
) -> Command | Unclear | None:
    verbs = text.verbs
    if text.holds(verbs.approve | verbs.reject, at):
        return None
    at = text.courtesies(at)
    told = told or day_at(text, at, _frame(text))
    if told is None:
        return _undated(text, name, at)
    if len(told.days) != 1:
        return _which_day(text, name, told)
    when = datetime.combine(told.days[0], told.clock or _MORNING, text.shown.zone)
    now = now_of(text)
    if now and when <= now:
        return unclear("past", text.shown, ("later", "later monday"))
    end = max(told.end, at)
    code = text.ending(end)
    if code is None and not words:
        return unclear("until_when", text.shown, ("later", "later monday"))
    argument = "" if code is not None else text.text_from(end)
    return Command(name=name, when=when, code=code or "", argument=argument)


def _undated(text: Text, name: str, at: int) -> Command | Unclear | None:
    """`not now, I am in a meeting` says no day; `when Ben is back` says one that nobody knows."""
    code = text.ending(at)
    if code is not None and name == "later":
        return Command(name=name, code=code)
    vague = text.holds(text.verbs.conditions, at) or any(
        word.folded[0].isdigit() or word.folded == "?" for word in text.words[at:]
    )
    if vague or name != "later" or text.gap(at).strip() == "":
        return unclear("until_when", text.shown, ("later", "later monday"))
    return Command(name=name)


def _which_day(text: Text, name: str, told: Told) -> Unclear:
    if not told.days:
        return unclear("no_such_day", text.shown, (name, f"{name} monday"))
    first, second = (day.isoformat() for day in told.days[:2])
    likely = (f"{name} {first}", f"{name} {second}")
    return unclear("may_mean", text.shown, likely, first=first, second=second)


def _frame(text: Text) -> Frame | None:
    now = now_of(text)
    return Frame(now=now, locale=text.shown.locale, loose=True) if now else None
