"""The month pack for the bookkeeper: one mail with one file, once somebody says so."""

from mailagent.core.bridge import SendPack
from mailagent.core.people import Company
from mailagent.core.proposal import Action, Proposal
from mailagent.core.question import AskCorrespondent, KnownCorrespondent, Question
from mailagent.core.reading import Reading
from mailagent.core.said import say
from mailagent.core.task import Task, Work

_TITLE = {"en": "Month pack {month} for {to}", "de": "Monatspaket {month} für {to}"}
_TEXT = {
    "en": "Hello,\n\nenclosed is what {month} brought at {company}: the bills as a table and as a "
    "ledger, the documents, and what is still open.\n\nKind regards\n{company}\n\n-- \nI am the "
    "automated assistant of {person}, who approved this message.\n",
    "de": "Guten Tag,\n\nanbei, was {month} bei {company} gebracht hat: die Rechnungen als Tabelle "
    "und als Journal, die Belege, und was noch offen ist.\n\nMit freundlichen Grüßen\n{company}"
    "\n\n-- \nIch bin der automatische Assistent von {person}; {person} hat diese Nachricht "
    "genehmigt.\n",
}


def asks(_reading: Reading, company: Company) -> tuple[Question, ...]:
    """Whether the bookkeeper was ever written to."""
    return (AskCorrespondent(address=company.bookkeeper),) if company.bookkeeper else ()


def propose(work: Work) -> Proposal:
    """The mail, word by word; the file comes with the draft."""
    month, company, document = work.reading.text("month"), work.company, work.case.document
    language = work.person.language
    mail = SendPack(
        to=company.bookkeeper,
        subject=f"{company.name} {month}",
        text=_TEXT[language].format(month=month, company=company.name, person=work.person.name),
        name=document.name,
        media_type=document.media_type,
        content=document.sha256,
        month=month,
        first=not any(isinstance(a, KnownCorrespondent) and a.mails for a in work.answers),
    )
    return Proposal(
        case=work.case.id,
        version=work.version,
        task=TASK.name,
        title=_TITLE[language].format(month=month, to=company.bookkeeper)[:200],
        reading=work.reading,
        actions=(Action(number=1, payload=mail),),
        notes=(say("pack.holds", n=work.reading.text("bills")),),
    )


TASK = Task(
    name="packs",
    kinds=frozenset(),
    may=frozenset({"mail.pack"}),
    asks=asks,
    propose=propose,
)
