"""A common request, answered from an approved template: shown first, sent once approved."""

from mailagent.core import revision
from mailagent.core.capability import SendMail
from mailagent.core.enclosed import (
    NONE,
    AskOwnPapers,
    OwnPaper,
    OwnPapers,
    SendPaper,
    is_answered_by_paper,
    wanted_by,
)
from mailagent.core.meetings.letters import PHRASES
from mailagent.core.people import Company
from mailagent.core.proposal import Action, Proposal, Purpose
from mailagent.core.question import AskCorrespondent, KnownCorrespondent, Question
from mailagent.core.reading import Kind, Reading
from mailagent.core.replies import ENCLOSED, FACTS, LANGUAGES, Template, filled, template_for
from mailagent.core.said import Said, say
from mailagent.core.task import Task, Work
from mailagent.core.triage import seems


def asks(reading: Reading, company: Company) -> tuple[Question, ...]:
    """Whether we ever wrote to them, and which papers of ours are on file."""
    to = reading.text("recipient")
    papers = AskOwnPapers(company=company.name, named=_typed(reading))
    return (AskCorrespondent(address=to), papers) if to else ()


def propose(work: Work) -> Proposal:
    """The answer, word by word; or what is still missing for it."""
    made = Proposal(
        case=work.case.id,
        version=work.version,
        task=TASK.name,
        title=work.subject or work.case.document.name,
        reading=work.reading,
        notes=seems(work.look)[1:-1],  # why, and what else is to be seen; the rest the draft says
    )
    paper = _paper(work)
    name = work.reading.text("template") or _template(work, paper)
    template = work.replies.find(name, _language(work))
    lacks = _lacks(work, name, template)
    if lacks is not None:
        return made.model_copy(update={"purpose": Purpose.ASK, "question": lacks})
    answer = _answer(work, template, paper)
    said = say("replies.typed") if template is None else say("replies.from_template", name=name)
    actions = (Action(number=1, payload=answer),)
    notes = (said, *_enclosed(work, paper), say("replies.change"), *made.notes)
    return made.model_copy(update={"actions": actions, "notes": notes})


def _typed(reading: Reading) -> str:
    typed = reading.text("enclosure")
    return "" if typed.casefold().strip(" .!") in NONE else typed


def _paper(work: Work) -> OwnPaper | None:
    """What goes with it: what its owner named, else the last of ours that answers the request."""
    known = next((one for one in work.answers if isinstance(one, OwnPapers)), OwnPapers())
    if work.reading.text("enclosure"):
        return known.named if _typed(work.reading) else None
    return wanted_by(work.look.topic, known.papers, work.today)


def _template(work: Work, paper: OwnPaper | None) -> str:
    name = template_for(work.look.topic)
    enclosed = f"{name}{ENCLOSED}"
    return enclosed if paper and work.replies.find(enclosed, LANGUAGES[0]) else name


def _enclosed(work: Work, paper: OwnPaper | None) -> tuple[Said, ...]:
    """Which file goes out, and where it lies; or that there is none to send."""
    if paper:
        return (say("replies.encloses", name=paper.name, path=paper.path),)
    wants = is_answered_by_paper(work.look.topic) and not work.reading.text("enclosure")
    return (say("replies.no_own_paper"),) if wants else ()


def _language(work: Work) -> str:
    """Theirs, where we can write it; English to everybody else."""
    return work.look.language if work.look.language in LANGUAGES else LANGUAGES[0]


def _lacks(work: Work, name: str, template: Template | None) -> Said | None:
    """The one thing that its owner has to say first."""
    if not work.reading.text("recipient"):
        return say("replies.nobody")
    typed = _typed(work.reading)
    if typed and _paper(work) is None:
        return say("replies.no_such_paper", name=typed)
    if work.reading.text("answer"):
        return None
    if template is None:
        return say("replies.no_template", name=name, names=", ".join(work.replies.names()))
    facts = _facts(work)
    missing = next((fact for fact in template.needs() if not facts.get(fact)), "")
    return say(f"replies.lacks_{missing}") if missing else None


def _facts(work: Work) -> dict[str, str]:
    """What its owner typed goes before what the settings say."""
    vat = ", ".join(work.company.vat_ids)
    typed = {fact: work.reading.text(fact) for fact in FACTS}
    return {"vat_number": vat, **work.replies.facts, **{k: v for k, v in typed.items() if v}}


def _answer(work: Work, template: Template | None, paper: OwnPaper | None) -> SendMail | SendPaper:
    language, reading = _language(work), work.reading
    about = reading.text("subject") or work.subject
    phrases = PHRASES[language]
    gaps = {
        "about": about,
        "company": work.company.name,
        "person": work.person.name,
        **_facts(work),
    }
    said = reading.text("answer") or (filled(template, gaps) if template else "")
    mail = SendMail(
        to=reading.text("recipient"),
        subject=(about if about.lower().startswith("re:") else f"Re: {about}")[:200],
        text=f"{phrases.hello}\n\n{said}\n\n{phrases.regards}\n{work.company.name}\n\n-- \n"
        f"{phrases.assistant.format(person=work.person.name)}\n",
        in_reply_to=reading.text("in_reply_to"),
        first=not any(isinstance(a, KnownCorrespondent) and a.mails for a in work.answers),
    )
    if paper is None:
        return mail
    words = mail.model_dump(exclude={"capability"})
    return SendPaper(**words, name=paper.name, media_type=paper.media_type, content=paper.content)


TASK = Task(
    name="replies",
    kinds=frozenset({Kind.REQUEST}),
    may=frozenset({"mail.send", "mail.paper"}),
    asks=asks,
    propose=propose,
    edits={
        "recipient": revision.address,
        "subject": revision.words,
        "template": revision.words,
        "answer": revision.sentences,
        "enclosure": revision.words,
        **dict.fromkeys(FACTS, revision.sentences),
    },
)
