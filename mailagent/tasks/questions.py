"""A question to whoever sent a document: one mail, in the company's name, open about itself."""

from mailagent.core import revision
from mailagent.core.capability import SendMail
from mailagent.core.people import Company
from mailagent.core.proposal import Action, Proposal, Purpose
from mailagent.core.question import AskCorrespondent, KnownCorrespondent, Question
from mailagent.core.reading import Reading
from mailagent.core.task import Task, Work

_TITLE = {"en": "Question to {to}: {about}", "de": "Frage an {to}: {about}"}
_NOBODY = {
    "en": "I do not know who sent this, so whom shall I ask? Answer with a line: "
    "recipient: name@example.com",
    "de": "Ich weiß nicht, wer das gesandt hat. Wen soll ich fragen? Antworten Sie mit einer "
    "Zeile: recipient: name@example.com",
}
_NOTHING = {
    "en": "What shall I ask {to}? Answer with a line: question: which order is this for?",
    "de": "Was soll ich {to} fragen? Antworten Sie mit einer Zeile: question: Zu welcher "
    "Bestellung gehört das?",
}
_FINAL = {
    "en": "a mail that is sent cannot be taken back",
    "de": "eine gesendete Mail lässt sich nicht zurückholen",
}
# Every word that goes out is here or was typed by the person who asks.
_TEXT = {
    "en": "Hello,\n\na question about \u201c{about}\u201d:\n\n{question}\n\nKind regards\n"
    "{company}\n\n-- \nI am the automated assistant of {person}, who approved this message. "
    "To reach {person}, write *human* in your reply.\n",
    "de": "Guten Tag,\n\neine Frage zu \u201e{about}\u201c:\n\n{question}\n\n"
    "Mit freundlichen Grüßen\n{company}\n\n-- \nIch bin der automatische Assistent von {person}; "
    "{person} hat diese Nachricht genehmigt. Wenn Sie {person} selbst erreichen möchten, "
    "schreiben Sie *human* in Ihre Antwort.\n",
}


def asks(reading: Reading, _company: Company) -> tuple[Question, ...]:
    """Whether we ever wrote to them."""
    to = reading.text("recipient")
    return (AskCorrespondent(address=to),) if to else ()


def propose(work: Work) -> Proposal:
    """The mail, word by word; or what is still missing for it."""
    language, reading = work.person.language, work.reading
    to, question = reading.text("recipient"), reading.text("question")
    about = reading.text("subject") or work.case.title
    made = Proposal(
        case=work.case.id,
        version=work.version,
        task=TASK.name,
        title=_TITLE[language].format(to=to or "?", about=about)[:200],
        reading=reading,
    )
    lacks = _NOBODY if not to else _NOTHING if not question else None
    if lacks is not None:
        asked = lacks[language].format(to=to)
        return made.model_copy(update={"purpose": Purpose.ASK, "question": asked})
    mail = SendMail(
        to=to,
        subject=(f"Re: {about}" if reading.text("in_reply_to") else about)[:200],
        text=_TEXT[language].format(
            about=about, question=question, company=work.company.name, person=work.person.name
        ),
        in_reply_to=reading.text("in_reply_to"),
        first=not any(isinstance(a, KnownCorrespondent) and a.mails for a in work.answers),
    )
    actions = (Action(number=1, payload=mail),)
    return made.model_copy(update={"actions": actions, "notes": (_FINAL[language],)})


TASK = Task(
    name="questions",
    kinds=frozenset(),
    may=frozenset({"mail.send"}),
    asks=asks,
    propose=propose,
    edits={
        "recipient": revision.address,
        "subject": revision.words,
        "question": revision.sentences,
    },
)
