"""The mails around a meeting: what is to be gone through, and what was agreed."""

from datetime import datetime

from mailagent.core import revision
from mailagent.core.capability import SendMail
from mailagent.core.meetings.agendas import WORDINGS, Around
from mailagent.core.meetings.letters import Writer, language
from mailagent.core.people import Company
from mailagent.core.proposal import Action, Proposal
from mailagent.core.question import (
    Answer,
    AskCorrespondent,
    AskMeeting,
    KnownCorrespondent,
    KnownMeeting,
    Question,
)
from mailagent.core.reading import Check, Reading, tested
from mailagent.core.said import say
from mailagent.core.task import Task, Work

NAME = "agendas"
_TITLE = {
    "en": {Around.AGENDA: "Agenda for {to}: {title}", Around.FOLLOW_UP: "Thank {to}: {title}"},
    "de": {
        Around.AGENDA: "Tagesordnung für {to}: {title}",
        Around.FOLLOW_UP: "Dank an {to}: {title}",
    },
}


def asks(reading: Reading, _company: Company) -> tuple[Question, ...]:
    """Whether the meeting still stands, and whether its guests were ever written to."""
    return (
        AskMeeting(uid=reading.text("uid")),
        *(AskCorrespondent(address=one) for one in _guests(reading)),
    )


def propose(work: Work) -> Proposal:
    """The mail, word by word."""
    reading = work.reading
    kind, title = Around(reading.text("mail")), reading.text("topic")
    to, *others = _guests(reading)
    met = {a.address for a in work.answers if isinstance(a, KnownCorrespondent) and a.mails}
    spoken = WORDINGS.get(reading.text("language"), WORDINGS["en"])
    mail = SendMail(
        to=to,
        cc=tuple(others),
        subject=reading.text("subject") or spoken.subject[kind].format(title=title)[:200],
        text=_text(work, kind),
        in_reply_to=reading.text("in_reply_to"),
        first=not {to, *others} <= met,
    )
    named = _TITLE[work.person.language][kind].format(to=to, title=title)
    return Proposal(
        case=work.case.id,
        version=work.version,
        task=NAME,
        title=named[:200],
        reading=reading,
        checks=_stands(reading, work.answers),
        actions=(Action(number=1, payload=mail),),
        notes=(say(f"agenda.{kind}_{'points' if reading.text('points') else 'bare'}"),),
    )


def doubts(proposal: Proposal, answers: tuple[Answer, ...]) -> tuple[Check, ...]:
    """Nobody is sent the agenda of a meeting that was moved or called off since."""
    return _stands(proposal.reading, answers)


def _stands(reading: Reading, answers: tuple[Answer, ...]) -> tuple[Check, ...]:
    known = next((one for one in answers if isinstance(one, KnownMeeting)), None)
    if known is None:
        return ()
    kept = known.kept.appointment if known.kept else None
    start = datetime.fromisoformat(reading.text("start"))
    at = {kept.start, *(one.start for one in kept.changed)} if kept else set()
    stands = kept is not None and (kept.repeats or start in at) and start not in kept.gone
    return (tested("meeting_stands", ok=stands),)


def _guests(reading: Reading) -> list[str]:
    return reading.text("recipient").split(", ")


def _text(work: Work, kind: Around) -> str:
    reading = work.reading
    writer = Writer(
        language=reading.text("language"),
        person=work.person.name,
        company=work.company.name,
        zone=reading.text("zone"),
    )
    words = WORDINGS.get(writer.language, WORDINGS["en"])
    start, end = (datetime.fromisoformat(reading.text(name)) for name in ("start", "end"))
    gaps = {
        "title": reading.text("topic"),
        "person": work.person.name,
        "when": writer.when(start, end),
    }
    points = "\n".join(f"- {line.lstrip('- ')}" for line in reading.text("points").splitlines())
    place = words.at.format(place=reading.text("place")) if reading.text("place") else ""
    if kind is Around.AGENDA:
        body = [words.opens[kind].format(**gaps), points or f"- {gaps['title']}", place]
    else:
        noted = f"{words.noted.format(**gaps)}\n\n{points}" if points else ""
        body = [words.opens[kind].format(**gaps), noted]
    return writer.letter(*body, words.ends[kind])


TASK = Task(
    name=NAME,
    kinds=frozenset(),
    may=frozenset({"mail.send"}),
    asks=asks,
    propose=propose,
    doubts=doubts,
    edits={
        "points": revision.sentences,
        "subject": revision.words,
        "language": language,
    },
)
