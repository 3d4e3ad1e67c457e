"""A common request, answered from an approved template: shown first, sent once approved."""

from mailagent.core import revision
from mailagent.core.capability import SendMail
from mailagent.core.meetings.letters import PHRASES
from mailagent.core.people import Company
from mailagent.core.proposal import Action, Proposal, Purpose
from mailagent.core.question import AskCorrespondent, KnownCorrespondent, Question
from mailagent.core.reading import Kind, Reading
from mailagent.core.replies import FACTS, LANGUAGES, Template, filled, template_for
from mailagent.core.said import Said, say
from mailagent.core.task import Task, Work
from mailagent.core.triage import seems


def asks(reading: Reading, _company: Company) -> tuple[Question, ...]:
    """Whether we ever wrote to them."""
    to = reading.text("recipient")
    return (AskCorrespondent(address=to),) if to else ()


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
    name = work.reading.text("template") or template_for(work.look.topic)
    template = work.replies.find(name, _language(work))
    lacks = _lacks(work, name, template)
    if lacks is not None:
        return made.model_copy(update={"purpose": Purpose.ASK, "question": lacks})
    answer = _answer(work, template)
    said = say("replies.typed") if template is None else say("replies.from_template", name=name)
    actions = (Action(number=1, payload=answer),)
    notes = (said, say("replies.change"), *made.notes)
    return made.model_copy(update={"actions": actions, "notes": notes})


def _language(work: Work) -> str:
    """Theirs, where we can write it; English to everybody else."""
    return work.look.language if work.look.language in LANGUAGES else LANGUAGES[0]


def _lacks(work: Work, name: str, template: Template | None) -> Said | None:
    """The one thing that its owner has to say first."""
    if not work.reading.text("recipient"):
        return say("replies.nobody")
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


def _answer(work: Work, template: Template | None) -> SendMail:
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
    return SendMail(
        to=reading.text("recipient"),
        subject=(about if about.lower().startswith("re:") else f"Re: {about}")[:200],
        text=f"{phrases.hello}\n\n{said}\n\n{phrases.regards}\n{work.company.name}\n\n-- \n"
        f"{phrases.assistant.format(person=work.person.name)}\n",
        in_reply_to=reading.text("in_reply_to"),
        first=not any(isinstance(a, KnownCorrespondent) and a.mails for a in work.answers),
    )


TASK = Task(
    name="replies",
    kinds=frozenset({Kind.REQUEST}),
    may=frozenset({"mail.send"}),
    asks=asks,
    propose=propose,
    edits={
        "recipient": revision.address,
        "subject": revision.words,
        "template": revision.words,
        "answer": revision.sentences,
        **dict.fromkeys(FACTS, revision.sentences),
    },
)
