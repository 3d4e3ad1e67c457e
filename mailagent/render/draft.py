"""The page that asks for a decision: everything decided, worded and cleaned."""

from email.utils import parseaddr
from typing import Literal, NamedTuple

from mailagent.core.bridge import BridgeBill
from mailagent.core.capability import SendMail
from mailagent.core.enclosed import SendPaper
from mailagent.core.letter import DraftLetter, Original
from mailagent.core.people import Proof
from mailagent.core.policy import Verdict
from mailagent.core.proposal import STOPS, Action, Proposal, Purpose
from mailagent.core.reading import Check
from mailagent.core.revision import Heard
from mailagent.core.shown import pictured_page
from mailagent.core.written import Written
from mailagent.render.actions import effects, phrase
from mailagent.render.answers import Button, buttons
from mailagent.render.day import draw_day
from mailagent.render.fields import Fact, Rows, changed, meant, rows
from mailagent.render.foreign import clean, file_name
from mailagent.render.policy import goes_ahead
from mailagent.render.said import reasons, said, why
from mailagent.render.text import Cell
from mailagent.render.words import Words

# Servers that take less than 20 MB are rare, and base64 makes a third more of it.
MOST_ATTACHED = 10 * 1024 * 1024

_WORTH = 3  # lines; fewer are not worth a line that says so
_MOST_BUTTONS = 3  # of alternatives; more do not stand beside each other on a phone

Tone = Literal["calm", "look", "stop"]


class Deed(NamedTuple):
    """An action under its number."""

    number: int
    text: str
    settled: str = "will"
    detail: str = ""


class Way(NamedTuple):
    """An alternative: the words to answer with, and what then happens."""

    label: str
    text: str


class DraftPage(NamedTuple):
    """What both forms of a draft show."""

    tone: Tone
    changed: tuple[str, ...]  # by the owner, in this version
    headline: str
    passed: str  # how the checks went
    pays: str  # what approving means for money
    failed: tuple[str, ...]
    question: str  # asked again after what failed, or what to do about it
    answers: str
    because: tuple[str, ...]
    buttons: tuple[Button, ...]
    you_wrote: str
    wrote: str  # who did
    meant: str  # what became of it
    deeds: tuple[Deed, ...]
    ways: tuple[Way, ...]  # of which one is chosen
    letters: tuple[tuple[str, ...], ...]  # mails to others, line by line
    way_letters: tuple[tuple[str, ...], ...]  # those of the ways
    leave_out: str  # how one of them is left out
    rows: Rows
    notes: tuple[str, ...]
    origin: str
    answer_by: str
    original: str  # what is said of the document itself
    picture: str  # what the page picture is, where there is one

    @property
    def facts(self) -> tuple[Fact, ...]:
        """One below the other."""
        return tuple(fact for row in self.rows for fact in row)

    def cells(self, note: str) -> tuple[tuple[Cell, ...], ...]:
        """Rows, rules and notes as columns of plain text."""
        values = [
            tuple((f.label, f"{f.value} (?)" if f.doubtful else f.value) for f in row)
            for row in self.rows
        ]
        rules = [((fact.label, fact.rule),) for fact in self.facts if fact.rule]
        return (*values, *rules, *(((note, one),) for one in self.notes))

    @property
    def doubtful(self) -> bool:
        """Whether a value is marked."""
        return any(fact.doubtful for fact in self.facts)


def draft(letter: DraftLetter, words: Words) -> DraftPage:
    """The page of a draft."""
    proposal = letter.proposal
    opening = _stop if letter.stop else _look if proposal.failed_checks else _calm
    tone, headline, passed, failed, question = opening(letter, words)
    return DraftPage(
        tone=tone,
        changed=changed(proposal, words),
        headline=headline,
        passed=passed,
        pays="" if letter.stop or _forbidden(letter) else _pays(proposal, words),
        failed=failed,
        question=question,
        answers=_answers(letter, words),
        because=(
            *(() if letter.stop else _because(letter, words)),
            *_second(letter, words),
        ),
        buttons=() if letter.stop else _buttons(letter, words),
        you_wrote=clean(proposal.you_wrote),
        wrote=_wrote(letter, words),
        meant=meant(proposal, words),
        deeds=deeds(proposal.actions, words, letter.envelope.person.id),
        ways=ways(proposal, words, letter.envelope.person.id),
        letters=_letters(proposal.actions),
        way_letters=_way_letters(proposal, words),
        leave_out=_leave_out(letter, words),
        rows=rows(proposal, words),
        notes=tuple(said(note, words) for note in proposal.notes),
        origin=_origin(letter, words),
        answer_by=words("origin.answer_by", day=words.day_of(letter.expires_at)),
        original=_original(letter, words),
        picture=_picture(letter, words),
    )


def deeds(actions: tuple[Action, ...], words: Words, person: str) -> tuple[Deed, ...]:
    """What will happen, as numbered for the answer."""
    return tuple(Deed(a.number, phrase(a.payload, "will", words, person)) for a in actions)


def ways(proposal: Proposal, words: Words, person: str) -> tuple[Way, ...]:
    """Each alternative with what would happen if it were chosen."""
    return tuple(
        Way(
            clean(one.label, 60),
            "; ".join(effects([action.payload for action in one.actions], words, person)),
        )
        for one in proposal.alternatives
    )


def _letters(actions: tuple[Action, ...], label: str = "") -> tuple[tuple[str, ...], ...]:
    """Mails to others, word by word; of a way under what is answered for it."""
    written = [a.payload for a in actions if isinstance(a.payload, Written)]
    # The summary of a bill says what the draft says anyway.
    mails = [mail for mail in written if not isinstance(mail, BridgeBill)]
    above = (clean(f"[{label}]", 62),) if label else ()
    return tuple((*above, *_lines(mail)) for mail in mails)


def _way_letters(proposal: Proposal, words: Words) -> tuple[tuple[str, ...], ...]:
    """Those of the ways; what they all end with stands there once."""
    found = [one for way in proposal.alternatives for one in _letters(way.actions, way.label)]
    shown: list[tuple[str, ...]] = []
    for lines in found:
        same = _same_end(lines, found[0]) if shown else 0
        short = (*lines[:-same], words("draft.as_above")) if same > _WORTH else lines
        shown.append(short)
    return tuple(shown)


def _same_end(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How many lines at the end of the two are the same."""
    pairs = zip(reversed(one), reversed(other), strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _lines(mail: Written) -> tuple[str, ...]:
    """Every word that goes out, and to whom."""
    copies = mail.cc if isinstance(mail, SendMail) else ()
    files = [f"Attachment: {mail.name}"] if isinstance(mail, SendPaper) else []
    cc = [f"Cc: {one}" for one in copies]
    head = [f"To: {mail.to}", *cc, f"Subject: {mail.subject}", *files, ""]
    return tuple(clean(line, 2000) for line in (*head, *mail.text.splitlines()))


def attached(letter: DraftLetter) -> Original | None:
    """The document, where it may go out again."""
    original = letter.original
    if original is None or letter.stop or len(original.content) > MOST_ATTACHED:
        return None
    return original


def shown(letter: DraftLetter) -> bytes | None:
    """The page picture. None in a STOP: a payment code on it could be scanned and paid."""
    if letter.stop:
        return None
    plan = letter.proposal.plan
    return draw_day(plan) if plan else letter.picture


Opening = tuple[Tone, str, str, tuple[str, ...], str]  # tone, headline, passed, failed, question


def _calm(letter: DraftLetter, words: Words) -> Opening:
    checks = letter.proposal.checks
    passed = words.count("draft.passed", len(checks)) if checks else ""
    return "calm", _asked(letter, words), passed, (), ""


def _look(letter: DraftLetter, words: Words) -> Opening:
    checks, failed = letter.proposal.checks, letter.proposal.failed_checks
    if len(checks) == 1:
        headline = words("draft.look.only")
    else:
        headline = words.count("draft.look", len(failed), all=len(checks))
    wrong = tuple(_failed(check, words) for check in failed)
    return "look", headline, "", wrong, _still(letter, words)


def _wrote(letter: DraftLetter, words: Words) -> str:
    """Whose words stand above the document; of unproved ones only in whose name."""
    proposal, reader = letter.proposal, letter.envelope.person.name
    name = clean(proposal.writer, 60)
    if proposal.heard is Heard.UNPROVED:
        return words("draft.in_the_name", name=name)
    if name in ("", reader):
        return words("draft.you_wrote")
    return words("draft.somebody_wrote", name=name)


def _stop(letter: DraftLetter, words: Words) -> Opening:
    account, *others = sorted(letter.proposal.failed_checks, key=lambda c: c.name not in STOPS)
    failed = [
        _sentence(why(account, words)),
        *(_failed(c, words) for c in others),
    ]
    headline = words("draft.stop", what=_name(account, words))
    return (
        "stop",
        headline,
        "",
        tuple(filter(None, failed)),
        words.either(f"draft.advice_{account.name}", words("draft.stop_advice")),
    )


def _asked(letter: DraftLetter, words: Words) -> str:
    proposal = letter.proposal
    if _forbidden(letter):
        return words("draft.forbidden")
    is_mail = any(isinstance(a.payload, SendMail | SendPaper) for a in proposal.actions)
    this = words("this.mail" if is_mail else f"this.{proposal.reading.kind}")
    if proposal.purpose is Purpose.ASK:
        return said(proposal.question, words) or words("draft.ask", this=this)
    return _sentence(words(f"draft.{proposal.purpose}", this=this))


def _still(letter: DraftLetter, words: Words) -> str:
    proposal = letter.proposal
    if proposal.purpose is not Purpose.DO or _forbidden(letter):
        return _asked(letter, words)
    return _sentence(words("draft.still", this=words(f"this.{proposal.reading.kind}")))


def _forbidden(letter: DraftLetter) -> bool:
    return letter.judgement.verdict is Verdict.FORBID


def _pays(proposal: Proposal, words: Words) -> str:
    """Said while it is true: no action of this proposal moves money."""
    capabilities = [action.payload.capability for action in proposal.actions]
    bills = "ledger.record_bill" in capabilities
    pays = any(name.startswith("payments.") for name in capabilities)
    return words("draft.pays_nothing") if bills and not pays else ""


def _failed(check: Check, words: Words) -> str:
    detail = why(check, words)
    name = _sentence(_name(check, words))
    return f"{name}: {detail}" if detail else name


def _name(check: Check, words: Words) -> str:
    name = clean(check.name.replace("_", " "), 60)
    return words.either(f"check.{check.name}", words("draft.not_passed", check=name))


def _way(letter: DraftLetter) -> str:
    """Which answers are offered."""
    purpose, verdict = letter.proposal.purpose, letter.judgement.verdict
    if _forbidden(letter):
        return "forbidden"
    if purpose is not Purpose.DO:
        return str(purpose)
    pin = letter.envelope.person.addresses[0].pin
    always = bool(pin and pin.method is Proof.CODE)
    if letter.proposal.alternatives:
        return "choose_code" if always or verdict >= Verdict.CODE else "choose"
    if always:
        return "code_always"
    return {Verdict.CODE: "code", Verdict.TWO_PEOPLE: "two_people"}.get(verdict, "do")


def _answers(letter: DraftLetter, words: Words) -> str:
    way = _way(letter)
    labels = " · ".join(f"`{clean(one.label, 60)}`" for one in letter.proposal.alternatives)
    task = letter.proposal.task
    offered = words.either(f"reply.{way}_{task}", words(f"reply.{way}", ways=labels))
    return words.either(f"reply.stop_{way}", offered) if letter.stop else offered


def _leave_out(letter: DraftLetter, words: Words) -> str:
    actions = letter.proposal.actions
    offered = letter.proposal.purpose is Purpose.DO and not letter.stop and not _forbidden(letter)
    if len(actions) < 2 or not offered:
        return ""
    return words("draft.leave_out", approve=words("word.approve"), number=actions[-1].number)


def _because(letter: DraftLetter, words: Words) -> tuple[str, ...]:
    """Why more than the word is asked for; or that it needs none."""
    judgement = letter.judgement
    if judgement.standing:
        return (goes_ahead(letter.proposal, judgement, words),)
    return reasons(judgement, words) if judgement.verdict > Verdict.ASK else ()


def _second(letter: DraftLetter, words: Words) -> tuple[str, ...]:
    """Whose word is there already."""
    names = ", ".join(clean(name, 60) for name in letter.approved_by)
    return (words("draft.second", name=names),) if names else ()


def _buttons(letter: DraftLetter, words: Words) -> tuple[Button, ...]:
    approve = (words("button.approve"), words("word.approve"))
    reject = (words("button.reject"), words("word.reject"))
    # The code goes behind the word: where it is wanted, nothing can be ready to send.
    with_code = [
        (words("button.code", label=label), f"{word} ") for label, word in (approve, reject)
    ]
    labels = [way.label for way in ways(letter.proposal, words, "")[:_MOST_BUTTONS]]
    answers = {
        "do": (approve, reject),
        "choose": (*((label, label) for label in labels), reject),
        "choose_code": (*((label, f"{label} ") for label in labels), reject),
        "two_people": (approve, reject),
        "code": (with_code[0], reject),
        "code_always": with_code,
        "forbidden": (reject,),
        "ask": ((words("button.aside"), words("word.reject")),),
        "undo": ((words("button.undo"), words("word.undo")),),
    }
    return buttons(letter.envelope, *answers[_way(letter)])


def _origin(letter: DraftLetter, words: Words) -> str:
    origin, person = letter.origin, letter.envelope.person
    sender, at = clean(origin.sender, 80), words.moment(origin.received_at)
    if person.address(parseaddr(origin.sender)[1]):
        return words("origin.from_you", at=at)
    if not sender:
        around = letter.proposal.task == "agendas"
        return words("origin.from_calendar" if around else "origin.by_itself", at=at)
    if not origin.forwarded_by:
        return words("origin.received", sender=sender, at=at)
    if origin.forwarded_by in (person.name, person.id):
        return words("origin.forwarded_by_you", sender=sender, at=at)
    who = clean(origin.forwarded_by, 60)
    return words("origin.forwarded_by", sender=sender, who=who, at=at)


def _original(letter: DraftLetter, words: Words) -> str:
    original = letter.original
    if letter.stop:
        return words("origin.kept_back")
    if original is None:
        return ""
    name = file_name(original.name)
    if attached(letter):
        return words("origin.attached", name=name)
    return words("origin.too_large", name=name, size=len(original.content) // 1024**2)


def _picture(letter: DraftLetter, words: Words) -> str:
    if letter.proposal.plan and not letter.stop:
        return words("plan.picture")
    if shown(letter) is None:
        return ""
    return words("origin.picture", page=pictured_page(letter.proposal.reading) or 1)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
