"""Letters to look at: every kind a person can get, built from code."""

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from mailagent.core.brief import Seen
from mailagent.core.capability import (
    Payload,
    RecordBill,
    RemoveFile,
    SetReminder,
    StoreFile,
    VoidBill,
)
from mailagent.core.digest import Digest, DoneTask, Due, Past
from mailagent.core.figures import Figures
from mailagent.core.letter import (
    About,
    AnswerLetter,
    BriefLetter,
    BriefLine,
    DraftLetter,
    Ending,
    Envelope,
    Handback,
    Held,
    ItemEnd,
    ItemsLetter,
    Letter,
    Line,
    Notice,
    NoticeLetter,
    Origin,
    Original,
    QuestionLetter,
    ReceiptLetter,
    ReminderLetter,
    Settled,
    Status,
    Waits,
    WaitsFor,
)
from mailagent.core.modes import Mode, Scope
from mailagent.core.money import Money
from mailagent.core.payloads.policy import WidenPolicy
from mailagent.core.people import Address, Company, Person
from mailagent.core.policy import Judgement, Verdict
from mailagent.core.proposal import Action, Alternative, Proposal, Purpose
from mailagent.core.reading import Box, Check, Evidence, Field, Kind, Reading, Source
from mailagent.core.revision import Edit, Heard, Revision, revised
from mailagent.core.routine import Pause
from mailagent.core.said import Said, say
from mailagent.core.shown import numbered
from mailagent.core.sign_in import SignIn, told
from mailagent.core.spot import SpotCheck
from mailagent.core.thresholds import Crossing, Measure, stepped_down, title
from tests.render.reply_draft import reply

AT = datetime(2026, 11, 28, 9, 15, tzinfo=UTC)
UNTIL = datetime(2026, 12, 5, 9, 15, tzinfo=UTC)
TOKEN = "k2n7q4x3m6v5b2c7d4f3g6h5j2w7y4z3a6s5p2t7r4"
COMPANY = Company(
    id="acme", name="Acme Studio", domain="acme.example", ops_address="ops@acme.example"
)
ANN = Person(id="ann", name="Ann Lee", addresses=(Address(address="ann@acme.example"),))
EVA = Person(
    id="eva",
    name="Eva Groß",
    addresses=(Address(address="eva@acme.example"),),
    language="de",
    locale="de_DE",
    timezone="Europe/Berlin",
)
SUBJECT = "EUR 1,234.56 Nordlicht Hosting, due 12 Dec"


def envelope(person: Person = ANN, subject: str = SUBJECT, **changed: object) -> Envelope:
    """The envelope of a letter about one case."""
    given: dict[str, object] = {
        "company": COMPANY,
        "person": person,
        "at": AT,
        "ref": "4F7Q",
        "subject": subject,
        "message_id": f"{TOKEN}@acme.example",
        "reply_to": f"ops+{TOKEN}@acme.example",
        "in_reply_to": "<forward.1@acme.example>",
        "references": ("<bill.77@nordlicht.example>",),
        "anchor": "1182:9f2c41d7a0b35e11",
        "audit_hash": "1182:" + "9f2c41d7a0b35e11" * 4,
    }
    return Envelope.model_validate(given | changed)


def field(
    value: str, top: float, left: float = 60, *, confidence: float = 1, wide: float = 120
) -> Field:
    """A value that was read from a place on page 1."""
    box = Box(x0=left, top=top, x1=left + wide, bottom=top + 12)
    seen = Evidence(quote=value, page=1, box=box)
    return Field(value=value, confidence=confidence, source=Source.TEXT, evidence=seen)


DUE = Field(value="2026-12-12", confidence=1, source=Source.DERIVED, rule="issue_date + 14 days")
READING = Reading(
    kind=Kind.INVOICE,
    confidence=1,
    pages=1,
    fields={
        "invoice_number": field("2026-1187", 150, 400),
        "issue_date": field("2026-11-28", 166, 400),
        "due_date": DUE,
        "seller_name": field("Nordlicht Hosting GmbH", 60, wide=170),
        "buyer_name": field("Acme Studio", 150),
        "net": field("1037.45", 500, 430, wide=70),
        "tax": field("197.11", 516, 430, wide=70),
        "total": field("1234.56", 532, 430, wide=70),
        "payable": field("1234.56", 532, 430, wide=70),
        "currency": field("EUR", 532, 400, wide=25),
        "iban": field("DE44500105175407324931", 700, wide=160),
    },
)
CHECKS = tuple(
    Check(name=name, ok=True)
    for name in ("totals_add_up", "duplicate", "dates", "buyer", "page_total", "bank_account")
)
BILL = RecordBill(
    vendor="Nordlicht Hosting GmbH",
    number="2026-1187",
    issued=date(2026, 11, 28),
    due=date(2026, 12, 12),
    net=Decimal("1037.45"),
    tax=Decimal("197.11"),
    total=Decimal("1234.56"),
    currency="EUR",
    book_to="6815 IT costs",
    iban="DE44500105175407324931",
    document="d" * 64,
)
FILE = StoreFile(
    folder="bills/2026/nordlicht-hosting", name="2026-11-28 2026-1187.pdf", content="d" * 64
)
REMIND = SetReminder(person="ann", day=date(2026, 12, 12), text="EUR 1,234.56 to Nordlicht is due")
PAYLOADS: tuple[Payload, ...] = (BILL, FILE, REMIND)
ACTIONS = tuple(Action(number=n, payload=p) for n, p in enumerate(PAYLOADS, 1))
PROPOSAL = Proposal(
    case=1,
    version=1,
    task="bills",
    title=SUBJECT,
    reading=READING,
    checks=CHECKS,
    actions=ACTIONS,
    notes=("12 % above this vendor's usual EUR 1,102",),
    you_wrote="Smith job",
    heard=Heard.CHANGED,
    writer="Ann Lee",
    changes=(Edit(field="project", value="Smith"),),
)
ASK = Judgement(verdict=Verdict.ASK)
CODE = Judgement(verdict=Verdict.CODE, hits=("large",), why=("Over your limit of EUR 1,000.",))


def page(reading: Reading = READING) -> bytes:
    """A page as the reader draws it: values boxed and numbered."""
    seen = ((reading.fields[name].evidence, at) for name, at in numbered(reading).items())
    return _drawn(tuple((one.box, one.quote, at) for one, at in seen if one and one.box))


@cache
def _drawn(boxes: tuple[tuple[Box, str, int], ...]) -> bytes:
    picture = Image.new("RGB", (1190, 1684), "white")
    pen = ImageDraw.Draw(picture)
    for at, quote, number in boxes:
        box = tuple(2 * edge for edge in (at.x0, at.top, at.x1, at.bottom))
        pen.text((box[0] + 4, box[1] + 2), quote, fill="black", font_size=18)
        pen.rectangle((box[0] - 4, box[1] - 4, box[2] + 4, box[3] + 4), outline="#2563eb", width=3)
        pen.rectangle((box[2] + 4, box[1] - 4, box[2] + 32, box[3] + 4), fill="#2563eb")
        pen.text((box[2] + 12, box[1] + 1), str(number), fill="white", font_size=20)
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def draft(
    proposal: Proposal = PROPOSAL, judgement: Judgement = ASK, **changed: object
) -> DraftLetter:
    """A draft of a bill."""
    given: dict[str, object] = {
        "envelope": envelope(),
        "proposal": proposal,
        "judgement": judgement,
        "expires_at": UNTIL,
        "origin": Origin(
            sender="billing@nordlicht.example", received_at=AT, forwarded_by="Ann Lee"
        ),
        "original": Original(
            name="Rechnung 2026-1187.pdf", media_type="application/pdf", content=b"%PDF-1.7\n"
        ),
        "picture": page(proposal.reading),
    }
    return DraftLetter.model_validate(given | changed)


def _choose(judgement: Judgement = ASK, person: Person = ANN) -> DraftLetter:
    """Two ways, of which one is chosen."""
    one, two = (
        Alternative(
            label=label,
            actions=(Action(number=2, payload=SetReminder(person="ann", day=day, text=label)),),
        )
        for label, day in (("fri 10", date(2026, 12, 4)), ("fri 15:30", date(2026, 12, 11)))
    )
    changed = {"actions": PROPOSAL.actions[:1], "alternatives": (one, two)}
    return draft(PROPOSAL.model_copy(update=changed), judgement, envelope=envelope(person))


def _brief(person: Person = ANN, **changed: object) -> BriefLetter:
    """Six decisions, as CONVERSATION has them."""

    def line(number: int, title: str, **given: Any) -> BriefLine:
        ready = given.pop("ready", False)
        around = {n: given.pop(n) for n in ("overdue", "days", "judgement") if n in given}
        changes = {"title": title, "checks": (), "you_wrote": "", "actions": ()} | given
        shown = PROPOSAL.model_copy(update=changes)
        judged = {"judgement": ASK, **around}
        return BriefLine(number=number, ready=ready, proposal=shown, **judged)

    account = _stop().proposal.failed_checks[0]
    twin = Check(name="duplicate", ok=False, detail="2026-1102 was recorded on 2 Nov [ops 7KD2]")
    given: dict[str, object] = {
        "envelope": envelope(
            person, "6 decisions, EUR 4,310.00", ref="B-31", in_reply_to="", references=()
        ),
        "lines": (
            line(1, "EUR 1,234.56 Nordlicht Hosting, due 12 Dec", ready=True),
            line(2, "EUR 310.00 Telco, due 9 Dec", ready=True),
            line(3, "EUR 89.90 Papier & Co", checks=(twin,)),
            line(4, "J. Alvarez, Thu 14:00 CET", alternatives=_choose().proposal.alternatives),
            line(5, "STOP: bank account changed, Fjord", checks=(account,), judgement=CODE),
            line(6, "EUR 2,675.54 Kranz Bau", overdue=True, days=6),
        ),
        "seen": Seen(all=9, here=6, aside=2, done=1),
        "expires_at": UNTIL,
    }
    return BriefLetter.model_validate(given | changed)


def _ready_brief(person: Person = ANN) -> BriefLetter:
    """Two that are ready, more than the limit together; and trouble."""
    limited = person.model_copy(update={"limit": Money(amount=Decimal(1500), currency="EUR")})
    lines = tuple(BriefLine(number=n, ready=True, proposal=PROPOSAL, judgement=ASK) for n in (1, 2))
    return BriefLetter(
        envelope=envelope(limited, "2 decisions", ref="B-32", in_reply_to="", references=()),
        lines=lines,
        seen=Seen(all=12, here=2, waiting=1, done=3, answers=2, parked=1, working=2),
        more=31,
        unsorted=3,
        standing=("4F7Q", "7KD2"),
        paused=("bills",),
        late=(say("brief.late", title="EUR 89.90 Papier", ref="7KD2", day=AT.date()),),
        expires_at=UNTIL,
    )


def _digest(person: Person = ANN) -> BriefLetter:
    """The weekly one, with something in every part."""

    def week(done: int, changed: int, **more: int) -> Figures:
        counts = {"received": done + 2, "done": done, "decided": done + 1, "approved": done}
        counts |= {"corrected": changed, "values": done * 10, "values_changed": changed}
        counts |= {"turnaround": done * 5400, "calls": done * 2, "mails": done + 7, "words": 31}
        return Figures(counts=counts | more)

    more = {"standing": 3, "standing:EUR": 94_500, "incidents": 1, "model_cost": 413_000}
    more |= {"checked": 3, "checked_right": 2}
    weeks = (week(9, 3), week(12, 2), week(7, 1), week(11, 2), week(14, 1, **more))
    names = {name for one in weeks[:-1] for name in one.counts}
    before = Figures(counts={name: sum(one[name] for one in weeks[:-1]) for name in names})
    due = [(date(2026, 12, 12), "Nordlicht Hosting GmbH"), (date(2026, 12, 9), "Telco")]
    around = envelope(
        person, "Your week: 14 done, 6 to decide", ref="B-34", in_reply_to="", references=()
    )
    digest = Digest(
        week=date(2026, 11, 23),
        due=tuple(
            Due(day=day, vendor=vendor, amount=Decimal(310), currency="EUR") for day, vendor in due
        ),
        done=(
            DoneTask(task="bills", n=12, money={"EUR": Decimal("8310.4")}),
            DoneTask(task="contracts", n=2),
        ),
        caught={"bank_account": 1, "duplicate": 2},
        caught_money={"EUR": Decimal("2675.54")},
        wrong=(Past(ref="7KD2", title="EUR 89.90 Papier & Co", words="booked twice"),),
        now=weeks[-1],
        before=before,
        weeks=weeks,
        baselines={"bills": 6},
        checks=tuple(
            SpotCheck(case=n, version=1, task="bills", ref=r, title="EUR 310.00 Telco", number=n)
            for n, r in enumerate(("4F7Q", "2M3N", "9XYZ"), 7)
        ),
        lessons=("Nordlicht Hosting GmbH: book_to 6815",),
        offer=say("offer.next_task", task="contracts", n=6),
    )
    return _brief(person, envelope=around, digest=digest)


def _full(person: Person = ANN) -> BriefLetter:
    """Twelve decisions, two of them open in mails of their own; one such mail has no number."""
    vendors = (
        "Nordlicht Hosting",
        "Telco",
        "Kranz Bau",
        "Papier & Co",
        "Fjord Design",
        "Elbe Leasing",
    )
    six = _brief(person).lines
    titles = (f"EUR {n}10.00 {vendor}, due {n + 8} Dec" for n, vendor in enumerate(vendors, 1))
    ready = tuple(
        six[0].model_copy(
            update={"number": n, "proposal": six[0].proposal.model_copy(update={"title": title})}
        )
        for n, title in enumerate(titles, 1)
    )
    look = tuple(
        one.model_copy(update={"number": n, "ready": False}) for n, one in enumerate(six[2:], 7)
    )
    still = tuple(
        six[0].model_copy(update={"number": n, "ready": False, "asked": asked, "judgement": judged})
        for n, asked, judged in (
            (11, say("brief.late", title="EUR 19.90 Papier", ref="7KD2", day=AT.date()), ASK),
            (12, say("brief.late", title="EUR 29.90 Papier", ref="9XYZ", day=AT.date()), CODE),
        )
    )
    around = envelope(
        person, "12 decisions, EUR 6,410.00", ref="B-35", in_reply_to="", references=()
    )
    late = (say("brief.late", title="EUR 39.90 Papier", ref="2M3N", day=AT.date()),)
    seen = Seen(all=31, here=12, aside=12, done=4, waiting=3, aside_as={"newsletter": 12})
    return _brief(person, envelope=around, lines=(*ready, *look, *still), late=late, seen=seen)


def _widened(person: Person = ANN) -> DraftLetter:
    """A standing approval that the evidence speaks for, to be given with the code."""
    wider = WidenPolicy(
        scope=Scope(task="bills", kind=Kind.INVOICE),
        mode=Mode.STANDING,
        before=Mode.APPROVE,
        vendor="Telco",
        signed_by="telco.example",
        most=Money(amount=Decimal(400), currency="EUR"),
        a_day=3,
        hold_hours=24,
        capabilities=("ledger.record_bill", "files.store", "reminders.set"),
    )
    proposal = Proposal(
        case=9,
        version=1,
        task="policy",
        title="Let bills go to standing, Telco",
        reading=Reading(kind=Kind.OTHER, confidence=1, fields={}),
        actions=(Action(number=1, payload=wider),),
        notes=(say("widen.evidence", n="20"), say("widen.never")),
        alone=True,
    )
    subject = "Let bills go to standing, Telco"
    return draft(
        proposal, CODE, envelope=envelope(person, subject, reply_to=""), picture=None, original=None
    )


def _by_itself(person: Person = ANN) -> BriefLetter:
    """What goes ahead unless its owner says no, beside what waits for them."""
    first, second, *_ = _brief(person).lines
    covered = Judgement(verdict=Verdict.STANDING, standing=3, hold_hours=24)
    lines = (first, second.model_copy(update={"judgement": covered, "ready": False}))
    around = envelope(
        person, "2 decisions, EUR 1,544.56", ref="B-36", in_reply_to="", references=()
    )
    return _brief(person, envelope=around, lines=lines, seen=Seen(all=2, here=2))


def _heartbeat() -> BriefLetter:
    around = envelope(EVA, "Nichts zu entscheiden", ref="B-33", in_reply_to="", references=())
    return BriefLetter(envelope=around, lines=(), seen=Seen(all=2, aside=2), expires_at=UNTIL)


def _items(person: Person = ANN) -> ItemsLetter:
    """One of each ending that a person meets."""
    done = tuple(
        Line(number=n, payload=action.payload, settled=Settled.DONE)
        for n, action in enumerate(PROPOSAL.actions, 1)
    )
    stuck = (done[0], done[1].model_copy(update={"settled": Settled.UNKNOWN}))
    ends: tuple[tuple[int, str, Ending, dict[str, Any]], ...] = (
        (1, "EUR 1,234.56 Nordlicht Hosting, due 12 Dec", Ending.APPROVED, {"lines": done}),
        (2, "EUR 310.00 Telco, due 9 Dec", Ending.REJECTED, {}),
        (3, "EUR 89.90 Papier & Co", Ending.NOT_COVERED, {}),
        (4, "J. Alvarez, Thu 14:00 CET", Ending.LATER, {"until": UNTIL}),
        (5, "Fjord lease", Ending.REVISED, {}),
        (6, "EUR 2,675.54 Kranz Bau", Ending.APPROVED, {"lines": stuck}),
        (7, "EUR 12.00 Post", Ending.MOVED, {}),
        (8, "EUR 15.00 Post", Ending.DELEGATED, {"detail": "Ben Ode"}),
    )
    return ItemsLetter(
        envelope=envelope(person, "8 decisions, EUR 4,310.00", ref="B-31"),
        items=tuple(
            ItemEnd(number=n, title=title, ending=ending, **more) for n, title, ending, more in ends
        ),
        undo=(1, 2),
        undo_until=UNTIL,
        settle=True,
    )


def _handback(person: Person = ANN) -> ItemsLetter:
    """Two that Ben decided, one that waits."""
    given = _items(person)
    told = [
        one.model_copy(update={"detail": "Ben Ode", "title": f"4F7Q  {one.title}"})
        for one in given.items[:2]
    ]
    return given.model_copy(
        update={
            "envelope": envelope(person, "While you were away: 2 decided", ref="B-35"),
            "items": tuple(told),
            "settle": False,
            "handback": Handback(substitute="Ben Ode", since=AT, waiting=1),
        }
    )


def _look() -> DraftLetter:
    failed = (
        Check(name="duplicate", ok=False, detail="2026-1187 was recorded on 2 Nov [ops 7KD2]"),
        Check(name="totals_add_up", ok=False, detail="1,037.45 + 197.11 is not 1,234.65"),
    )
    total = field("1234.65", 532, 430, confidence=0.55, wide=70)
    reading = READING.model_copy(update={"fields": READING.fields | {"total": total}})
    return draft(
        PROPOSAL.model_copy(
            update={
                "checks": (*failed, *CHECKS[2:]),
                "reading": reading,
                "you_wrote": "",
                "changes": (),
            }
        )
    )


def _stop() -> DraftLetter:
    failed = Check(
        name="bank_account",
        ok=False,
        detail="before DE89370400440532013000 (14 bills), now DE44500105175407324931, "
        "first seen on this PDF",
    )
    proposal = PROPOSAL.model_copy(
        update={"checks": (*CHECKS[:5], failed), "you_wrote": "", "changes": ()}
    )
    why = ("A changed bank account is the commonest invoice fraud.",)
    return draft(
        proposal,
        Judgement(verdict=Verdict.CODE, why=why),
        envelope=envelope(subject="STOP: bank account changed, Nordlicht Hosting"),
    )


def _ask() -> DraftLetter:
    proposal = Proposal(
        case=2,
        version=1,
        task="other",
        purpose=Purpose.ASK,
        title="Lunch on Thursday?",
        reading=Reading(kind=Kind.OTHER, confidence=0.9),
        question="I do not know what to do with this mail.",
        notes=("subject: Lunch on Thursday?",),
    )
    return draft(
        proposal,
        envelope=envelope(subject="Lunch on Thursday?"),
        picture=None,
        original=None,
        origin=Origin(sender="tom@friends.example", received_at=AT),
    )


def _undo() -> DraftLetter:
    void = VoidBill(bill="17", vendor=BILL.vendor, number=BILL.number)
    actions = (Action(number=1, payload=void),)
    return draft(
        PROPOSAL.model_copy(
            update={"purpose": Purpose.UNDO, "actions": actions, "checks": (), "notes": ()}
        ),
        picture=None,
        original=None,
    )


def receipt(*settled: Settled, verb: str = "approve", **changed: object) -> ReceiptLetter:
    """A receipt for the bill's actions."""
    lines = tuple(
        Line(
            number=n,
            payload=p,
            settled=how,
            detail="" if how is Settled.DONE else "the disk is full",
        )
        for n, (p, how) in enumerate(zip(PAYLOADS, settled, strict=False), 1)
    )
    given: dict[str, object] = {
        "envelope": envelope(),
        "verb": verb,
        "lines": lines,
        "undo_until": UNTIL if lines else None,
    }
    return ReceiptLetter.model_validate(given | changed)


def _undone() -> ReceiptLetter:
    void = VoidBill(bill="17", vendor=BILL.vendor, number=BILL.number)
    remove = RemoveFile(path=f"{FILE.folder}/{FILE.name}", content=FILE.content)
    payloads: tuple[Payload, ...] = (remove, void)
    lines = tuple(
        Line(number=n, payload=p, settled=Settled.DONE) for n, p in enumerate(payloads, 1)
    )
    return receipt(verb="undo", lines=lines, undo_until=None)


def _notice(notice: Notice, *facts: tuple[str, str | Said]) -> NoticeLetter:
    return NoticeLetter(envelope=envelope(), notice=notice, facts=facts)


def _stepped_down(person: Person) -> NoticeLetter:
    crossing = Crossing(measure=Measure.TOOL_ERRORS, bad=7, of=12, usual=0.1)
    told = stepped_down("bills", crossing, ended=["S-3"], asked=person.name, technical="")
    return NoticeLetter(
        envelope=envelope(person, subject=title("bills", person.language), ref=""),
        notice=Notice.STEPPED_DOWN,
        facts=told,
    )


def _sign_in(person: Person) -> NoticeLetter:
    given = SignIn(provider="google", ends_at=UNTIL, testing=True)
    return NoticeLetter(
        envelope=envelope(person, subject="", ref=""),
        notice=Notice.SIGN_IN,
        facts=told(given, person),
    )


def _changed() -> DraftLetter:
    edits = (
        Edit(field="total", value="900.00", before="1234.56"),
        Edit(field="book_to", value="6820 Hosting", before=""),
    )
    said = Revision(case=1, version=2, person="ann", words="total 900, book to 6820", edits=edits)
    made = "1037.45 + 197.11 = 1234.56, but the total is 900.00"
    failed = Check(name="totals_add_up", ok=False, detail=made)
    bill = BILL.model_copy(update={"total": Decimal("900.00"), "book_to": "6820 Hosting"})
    return draft(
        PROPOSAL.model_copy(
            update={
                "version": 2,
                "reading": revised(READING, [said]),
                "changes": edits,
                "checks": (failed, *CHECKS[1:]),
                "actions": (Action(number=1, payload=bill), *ACTIONS[1:]),
                "notes": (),
                "you_wrote": "",
            }
        )
    )


def answer(about: About, person: Person = ANN, **said: object) -> AnswerLetter:
    """An answer to a command."""
    given: dict[str, object] = {"envelope": envelope(person), "about": about}
    return AnswerLetter.model_validate(given | said)


_WAITS = (
    Waits(ref="4F7Q", state="proposed", title=SUBJECT),
    Waits(ref="7KD2", state="needs_owner", title="Lunch on Thursday?"),
    Waits(
        ref="B8X3",
        state="proposed",
        title="EUR 310.00 Telco",
        on=WaitsFor.PUT_OFF,
        who="ann",
        until=UNTIL,
    ),
    Waits(
        ref="C3M8",
        state="proposed",
        title="EUR 99.00 Paper",
        on=WaitsFor.SECOND,
        who="Ben Ode",
    ),
    Waits(ref="D4K9", state="read", title="Your bill", on=WaitsFor.PAUSED),
)
_HELD = Held(sender="ann@acme.example", subject="Re: a bill", received_at=AT, why="no DNS")
_STATUS = Status(
    since=AT,
    mailbox="ops@acme.example",
    waiting=3,
    held=1,
    troubles=("read: the disk is full", "draft did not reach ben@acme.example: 550 nobody"),
    paused=(Pause(task="bills", person="Ann Lee", since=AT),),
)
_DONE = Settled.DONE
LETTERS: dict[str, Letter] = {
    "draft": draft(),
    "draft-de": draft(
        PROPOSAL.model_copy(update={"notes": ("12 % über dem Üblichen, 1.102 EUR",)}),
        envelope=envelope(EVA, subject="1.234,56 EUR Nordlicht Hosting, fällig 12. Dez."),
    ),
    "draft-code": draft(judgement=CODE, envelope=envelope(reply_to="")),
    "draft-look": _look(),
    "draft-stop": _stop(),
    "brief": _brief(),
    "brief-de": _brief(EVA),
    "brief-ready-trouble": _ready_brief(),
    "digest": _digest(),
    "brief-full": _full(),
    "brief-standing": _by_itself(),
    "draft-widen": _widened(),
    "draft-widen-de": _widened(EVA),
    "handback": _handback(),
    "handback-de": _handback(EVA),
    "digest-de": _digest(EVA),
    "brief-heartbeat-de": _heartbeat(),
    "items": _items(),
    "items-de": _items(EVA),
    "draft-choose": _choose(),
    "draft-choose-code-de": _choose(CODE, EVA),
    "draft-ask": _ask(),
    "draft-undo": _undo(),
    "draft-changed": _changed(),
    "draft-reply": draft(reply(COMPANY, ANN), CODE, original=None, picture=None),
    "draft-reply-de": draft(
        reply(COMPANY, EVA), CODE, original=None, picture=None, envelope=envelope(EVA)
    ),
    "notice-code": NoticeLetter(
        envelope=envelope(subject=""),
        notice=Notice.CODE,
        facts=(("from", "no-reply@shop.example"), ("subject", "\u2026 is your code")),
    ),
    "answer-why": answer(About.WHY, proposal=_changed().proposal, judgement=CODE),
    "answer-why-de": answer(About.WHY, EVA, proposal=PROPOSAL, judgement=ASK),
    "answer-later": answer(About.LATER, until=UNTIL),
    "answer-wrong": answer(About.WRONG, gaps={"words": ""}),
    "answer-delegated": answer(About.DELEGATED, gaps={"person": "Ben Ode"}),
    "answer-help": answer(About.HELP),
    "answer-help-de": answer(About.HELP, EVA),
    "answer-queue": answer(About.QUEUE, waits=_WAITS, held=(_HELD,)),
    "answer-status": answer(About.STATUS, status=_STATUS, rest=True),
    "answer-status-de": answer(About.STATUS, EVA, status=_STATUS),
    "answer-report": answer(About.REPORT, counts={"message.kept": 12, "case.approve": 3}, since=AT),
    "answer-paused": answer(About.PAUSED, gaps={"task": "bills"}),
    "answer-resumed": answer(About.RESUMED, gaps={"task": "", "n": "2", "everything": ""}),
    "answer-away": answer(About.AWAY, gaps={"who": "Ben Otto", "n": "3"}, until=UNTIL),
    "answer-unclear": answer(About.UNCLEAR, gaps={"why": "subject"}),
    "question": QuestionLetter(
        envelope=envelope(),
        proposal=PROPOSAL,
        they_wrote="I approve of the idea but let's wait",
        why=say("unclear.other_words"),
        likely=("approve", "reject"),
    ),
    "receipt": receipt(_DONE, _DONE, _DONE),
    "receipt-de": receipt(_DONE, _DONE, envelope=envelope(EVA)),
    "receipt-failed": receipt(_DONE, Settled.FAILED, Settled.UNKNOWN),
    "receipt-left-out": receipt(_DONE, _DONE, Settled.LEFT_OUT),
    "receipt-settle": receipt(_DONE, Settled.UNKNOWN, Settled.REFUSED, settle=True),
    "receipt-reject": receipt(verb="reject", reason="wrong entity", undo_until=UNTIL),
    "receipt-undo": _undone(),
    "notice-refused": _notice(
        Notice.REFUSED,
        ("gate", "G5"),
        ("from", "ann@acme.example"),
    ),
    "notice-stepped-down": _stepped_down(ANN),
    "notice-stepped-down-de": _stepped_down(EVA),
    "notice-sign-in": _sign_in(ANN),
    "notice-sign-in-de": _sign_in(EVA),
    "notice-welcome": _notice(Notice.WELCOME),
    "reminder": ReminderLetter(
        envelope=envelope(subject="Due today: Nordlicht Hosting"),
        day=date(2026, 11, 28),
        text="EUR 1,234.56 to Nordlicht Hosting GmbH is due.",
    ),
}
