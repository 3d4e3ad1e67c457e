"""Requests: what a person asks of the agent of their own accord, in the subject or the first line.

[greeting] word [argument] [code] [courtesy]
"""

from typing import NamedTuple

from mailagent.core.decision.text import Text, meanings
from mailagent.core.decision.types import Shown, ShownAs
from mailagent.core.decision.verbs import Verbs
from mailagent.core.value import Value
from mailagent.core.wording import oddity


class _Shape(NamedTuple):
    """How a request is written, and what it does."""

    argument: bool = False
    changes: bool = False  # then no word of the mail may be left over
    longest: int = 6  # words of the argument


# Another request is another line here, its words in config/verbs.toml and its answer in a stage.
REQUESTS = {
    "help": _Shape(),
    "queue": _Shape(),
    "status": _Shape(),
    "report": _Shape(),
    "pause": _Shape(argument=True, changes=True),
    "resume": _Shape(argument=True, changes=True),
    "lessons": _Shape(),
    "forget": _Shape(argument=True, changes=True),
    "renewals": _Shape(),
    "pack": _Shape(argument=True),
    "find": _Shape(argument=True),
    "away": _Shape(argument=True, changes=True, longest=12),
    "back": _Shape(changes=True),
    "digest": _Shape(),
    "tasks": _Shape(),
    "contracts": _Shape(),
    "orders": _Shape(),
    "papers": _Shape(argument=True),
    "mode": _Shape(argument=True, changes=True, longest=12),
}
# Who writes more than this beside the word writes about something else.
_MOST_BESIDE = 30  # words


class Request(Value):
    """One thing asked for."""

    name: str
    argument: str = ""
    code: str = ""
    rest: bool = False  # words of the mail were left unread


class Written(NamedTuple):
    """A mail that may be a request, as the person wrote it."""

    subject: str  # empty where the mail answers another: then it is not theirs
    own: str
    own_html: str | None = None
    names: tuple[str, ...] = ()  # who signs with them


def request(mail: Written, verbs: Verbs) -> Request | str | None:
    """What is asked for; why it cannot be told, as `unclear` says it; None: it is no request."""
    found = _request(mail, mail.own, verbs)
    other = mail.own_html
    if other is None or not mail.own.strip() or not other.strip():
        return found if mail.own.strip() or other is None else _request(mail, other, verbs)
    again = _request(mail, other, verbs)
    if _meaning(found) == _meaning(again):
        return found
    return "two_texts" if found else None


def _meaning(found: Request | str | None) -> object:
    return found.model_copy(update={"rest": False}) if isinstance(found, Request) else found


def _request(mail: Written, own: str, verbs: Verbs) -> Request | str | None:
    if oddity(own) or oddity(mail.subject):
        return None
    shown = Shown(kind=ShownAs.REQUEST, ref="", names=mail.names)
    subject, body = Text(mail.subject, shown, verbs), Text(own, shown, verbs)
    asked, whole = _asked(subject), _asked(body)
    if asked and (whole or body.ending(body.start) is not None):
        return _of_both(asked, whole, body)
    if whole:
        return whole
    if asked and len(body) <= REQUESTS[asked.name].longest:
        together = _asked(subject.part(f"{mail.subject} {own}"))
        if together and together.name == asked.name:
            return together
    return _with_rest(asked or _asked(_first_line(body)), body)


def _of_both(asked: Request, whole: Request | None, body: Text) -> Request | str:
    """The subject and the body; the code may stand in either."""
    code = (whole.code if whole else body.ending(body.start)) or asked.code
    if whole is None or (whole.name, whole.argument) == (asked.name, asked.argument):
        return asked.model_copy(update={"code": code})
    if whole.name == asked.name and not asked.argument:
        return whole.model_copy(update={"code": code})
    return "subject"


def _with_rest(asked: Request | None, body: Text) -> Request | str | None:
    """A word with more beside it: enough for what only looks."""
    if asked is None or len(body) > _MOST_BESIDE:
        return None
    if REQUESTS[asked.name].changes:
        return "more_than_word"
    return asked.model_copy(update={"rest": True})


def _first_line(body: Text) -> Text:
    """The first line that says more than hello."""
    lines = (body.part(line) for line in body.own.split("\n"))
    return next((line for line in lines if line.start < len(line)), body)


def _asked(text: Text) -> Request | None:
    """The request that this is, and nothing else."""
    names = {
        phrase: next((name for name in meant if name in REQUESTS), "")
        for phrase, meant in meanings(text.verbs.commands).items()
    }
    found = text.phrase(text.start, frozenset(p for p, name in names.items() if name))
    if found is None:
        return None
    name, at = names[found.phrase], found.end
    while at < len(text) and text.words[at].folded in ("?", ":"):
        at += 1
    code = text.ending(at)
    if code is not None:
        return Request(name=name, code=code)
    return _with_argument(text, name, at) if REQUESTS[name].argument else None


def _with_argument(text: Text, name: str, at: int) -> Request | None:
    for end in range(at + 1, min(len(text), at + REQUESTS[name].longest) + 1):
        code = text.ending(end)
        if code is not None:
            said = text.own[text.words[at].start : text.words[end - 1].end]
            if text.part(said).holds(text.verbs.enclosed):
                return None
            return Request(name=name, argument=said, code=code)
    return None


def tasks_called(words: str, verbs: Verbs) -> frozenset[str]:
    """The tasks that people call so; empty: none."""
    text = Text(words, Shown(kind=ShownAs.REQUEST, ref=""), verbs)
    named = meanings(verbs.tasks)
    at = text.start
    while at < len(text) and (skipped := text.phrase(at, verbs.fillers | verbs.numbers)):
        at = skipped.end
    found = text.phrase(at, frozenset(named))
    return frozenset(named[found.phrase]) if found and found.end == len(text) else frozenset()


def means_everything(words: str, verbs: Verbs) -> bool:
    """No task was named, or all of them."""
    text = Text(words, Shown(kind=ShownAs.REQUEST, ref=""), verbs)
    found = text.phrase(text.start, verbs.all)
    return not words.strip() or (found is not None and text.ending(found.end) is not None)
