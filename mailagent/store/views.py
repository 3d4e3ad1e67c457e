"""What people look at: read only."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, func, select

from mailagent.core.audit import AuditEntry
from mailagent.core.books import Booked
from mailagent.core.capability import RecordBill
from mailagent.core.case import ENDS, Case, State
from mailagent.core.draft import DraftState
from mailagent.core.gates import Gate
from mailagent.core.inquiry import OPEN, Inquiry
from mailagent.core.job import Stage
from mailagent.core.letter import Held
from mailagent.core.proposal import Proposal, Purpose
from mailagent.core.routine import Snooze
from mailagent.core.vendor import vendor_keys
from mailagent.ports import Waiting
from mailagent.store.cases import Cases
from mailagent.store.tables import (
    approvals,
    audit,
    bills,
    brief_items,
    cases,
    decisions,
    drafts,
    for_brief,
    inquiries,
    jobs,
    messages,
    outbox,
    pauses,
    readings,
    sightings,
    snoozes,
)
from mailagent.store.vendors import numbered_so

# The chain is walked in steps, so that its length costs time and no memory.
_STEP = 500
_SOME = 5  # of each kind of trouble
_UNASKED = (State.READ, State.PROPOSED)
_LOST = ("refused", "undelivered")
_LATE = ("queued", "sent")
# Stages that wait for the keys of a signature.
_PROVING = (Stage.DECIDE, Stage.LISTEN)


class Views(Cases):
    """The store's side of the command line."""

    async def queue(self, *, ended: bool = False) -> list[Waiting]:
        """Cases that are not at their end; with `ended`, the latest that are."""
        where = cases.c.state.in_(ENDS) if ended else cases.c.state.not_in(ENDS)
        found = await self.all(self.rows(cases, where).order_by(cases.c.id.desc()).limit(200))
        return [await self._queued(row) for row in found]

    async def waiting_from(self, task: str, sender: str) -> list[Case]:
        """Oldest first."""
        theirs = self.rows(messages, messages.c.sender == sender).with_only_columns(messages.c.id)
        where = (cases.c.task == task, cases.c.state.in_((State.PROPOSED, State.NEEDS_OWNER)))
        found = await self.all(
            self.rows(cases, *where, cases.c.message.in_(theirs)).order_by(cases.c.id)
        )
        return [await self.case(row.id) for row in found]

    async def about_meeting(self, uid: str, message: int) -> list[Case]:
        """By the index of who wrote what: not one look at all mails, nor into all readings."""
        wrote = self.rows(sightings, sightings.c.message == message)
        who = wrote.with_only_columns(sightings.c.address).scalar_subquery()
        theirs = self.rows(sightings, sightings.c.address == who)
        of_it = readings.c.body["fields", "uid", "value"].as_string() == uid
        found = self.rows(
            cases,
            cases.c.message.in_(theirs.with_only_columns(sightings.c.message)),
            self.rows(readings, readings.c.case == cases.c.id, of_it).exists(),
        )
        return [await self.case(row.id) for row in await self.all(found.order_by(cases.c.id))]

    async def approved(self, task: str) -> list[tuple[Case, Proposal]]:
        """What was approved and done of a task, and not taken back."""
        where = (cases.c.task == task, cases.c.state == State.DONE)
        done = await self.all(self.rows(cases, *where).order_by(cases.c.id))
        decided = [(await self.case(row.id), await self._decided(row.id)) for row in done]
        return [(case, said) for case, said in decided if said and said.purpose is Purpose.DO]

    async def _decided(self, case: int) -> Proposal | None:
        """The version that was answered last; a receipt that was answered is one as well."""
        used = self.rows(drafts, drafts.c.case == case, drafts.c.state == DraftState.USED)
        row = await self.one(used.order_by(drafts.c.id.desc()).limit(1))
        return (await self.proposal(case, row.version))[0] if row else None

    async def _queued(self, row: Row[Any]) -> Waiting:
        message = await self.one(self.rows(messages, messages.c.id == row.message))
        case = await self.case(row.id)
        known = await self.all(self.rows(drafts, drafts.c.case == case.id))
        spoken = await self._people(
            approvals, approvals.c.case == case.id, approvals.c.version == case.version
        )
        asked = [d.person for d in known if d.state == DraftState.OPEN]
        put_off = await self.one(
            self.rows(snoozes, snoozes.c.case == case.id).order_by(snoozes.c.until).limit(1)
        )
        return Waiting(
            case=case,
            sender=message.sender if message else "",
            received_at=row.opened_at,
            asked=tuple(person for person in asked if person not in spoken),
            spoken=spoken,
            put_off=Snooze(case=case.id, person=put_off.person, until=put_off.until)
            if put_off
            else None,
            inquiry=await self._asked_outside(case),
            paused=case.state in _UNASKED and not asked and await self._is_paused(case),
            for_brief=await self._people(for_brief, for_brief.c.case == case.id),
            in_briefs=tuple(
                [await self._in_brief(d.id) for d in known if d.state == DraftState.OPEN]
            ),
            frozen=tuple(d.person for d in known if d.state == DraftState.FROZEN),
            lost=await self._lost(case),
            aside=tuple([await self._set_aside(d.id) for d in known if d.state == DraftState.OPEN]),
        )

    async def _in_brief(self, draft: int) -> str:
        """`B-31, 4`; empty: it went out by itself."""
        line = await self.one(self.rows(brief_items, brief_items.c.draft == draft))
        brief = line and await self.one(self.rows(drafts, drafts.c.id == line.brief))
        return f"{brief.ref}, {line.number}" if line and brief else ""

    async def _people(self, table: Table, *where: ColumnElement[bool]) -> tuple[str, ...]:
        return tuple(sorted(row.person for row in await self.all(self.rows(table, *where))))

    async def _asked_outside(self, case: Case) -> Inquiry | None:
        open_ = self.rows(inquiries, inquiries.c.about == case.id, inquiries.c.state.in_(OPEN))
        row = await self.one(open_)
        return Inquiry.model_validate(row.body) if row else None

    async def _is_paused(self, case: Case) -> bool:
        return bool(await self.one(self.rows(pauses, pauses.c.task.in_(("", case.task)))))

    async def _lost(self, case: Case) -> tuple[str, ...]:
        """Mails about it that did not arrive, or not yet."""
        ours = self.rows(outbox, outbox.c.case == case.id, outbox.c.state.in_((*_LOST, *_LATE)))
        told = [await self._delivery(mail) for mail in await self.all(ours.order_by(outbox.c.id))]
        return tuple(filter(None, told))

    async def _delivery(self, mail: Row[Any]) -> str:
        """What is known against a mail of ours; empty when nothing is."""
        if mail.state in _LOST:
            return f"{mail.kind} did not reach {mail.recipient}: {mail.error}"
        if mail.state == "sent":
            return f"{mail.kind} is late to {mail.recipient}: {mail.error}" if mail.error else ""
        tried = self.rows(jobs, jobs.c.stage == Stage.SEND, jobs.c.subject == mail.id)
        job = await self.one(tried.where(jobs.c.attempts > 0))
        return f"{mail.kind} cannot be sent to {mail.recipient}: {job.error}" if job else ""

    async def _set_aside(self, draft: int) -> str:
        """An answer with its token that nobody is told of: G1 and G3 are silent."""
        answers = self.rows(decisions, decisions.c.draft == draft)
        last = await self.one(answers.order_by(decisions.c.id.desc()).limit(1))
        if last is None or last.outcome != "refused":
            return ""
        aside = [last.verdicts.get(gate, "pass") for gate in (Gate.PLACE, Gate.PERSON)]
        why = next((reason for reason in aside if reason != "pass"), "")
        return f"an answer was set aside: {why}" if why else ""

    async def held(self) -> list[Held]:
        """Answers that wait until DNS says whether they are genuine, an hour at most."""
        waiting = self.rows(jobs, jobs.c.stage.in_(_PROVING), jobs.c.attempts > 0)
        found = []
        for job in await self.all(waiting.order_by(jobs.c.id)):
            message = await self.one(self.rows(messages, messages.c.id == job.subject))
            if message is not None:
                found.append(
                    Held(
                        sender=message.sender,
                        subject=message.subject,
                        received_at=message.received_at,
                        why=job.error,
                    )
                )
        return found

    async def troubles(self) -> list[str]:
        """What is tried again and again, what did not arrive, and what was set aside."""
        tried = self.rows(jobs, jobs.c.attempts > 0, jobs.c.stage.not_in(_PROVING))
        lost = self.rows(outbox, outbox.c.state.in_(_LOST)).order_by(outbox.c.id.desc())
        aside = self.rows(cases, cases.c.state == State.PARKED).order_by(cases.c.id.desc())
        return [
            *(f"{job.stage}: {job.error}" for job in await self.all(tried.limit(_SOME))),
            *(
                f"{mail.kind} did not reach {mail.recipient}: {mail.error}"
                for mail in await self.all(lost.limit(_SOME))
            ),
            *(f"parked: [ops {row.ref}] {row.title}" for row in await self.all(aside.limit(_SOME))),
        ]

    async def counts_since(self, moment: datetime) -> dict[str, int]:
        """How often each thing happened since then. The chain is in order of time."""
        first = await self._first_since(moment)
        name = audit.c.what
        counted = select(name, func.count().label("n")).group_by(name)
        found = await self.all(counted.where(audit.c.company == self.company, audit.c.seq >= first))
        return {row.what: row.n for row in found}

    async def _first_since(self, moment: datetime) -> int:
        """The number of the first entry since then; what came before is not walked through."""
        low, high = 1, (await self.chain_head())[0] + 1
        while low < high:
            middle = (low + high) // 2
            row = await self.one(self.rows(audit, audit.c.seq == middle))
            low, high = (low, middle) if row and row.at >= moment else (middle + 1, high)
        return low

    async def entries(
        self, after: int = 0, *, case: int | None = None, at_most: int = _STEP
    ) -> Sequence[AuditEntry]:
        """Links of the chain in order, the first one after `after`."""
        where: list[ColumnElement[bool]] = [audit.c.seq > after]
        if case is not None:
            where.append(audit.c.case == case)
        found = await self.all(self.rows(audit, *where).order_by(audit.c.seq).limit(at_most))
        return [AuditEntry.model_validate(row._asdict()) for row in found]

    async def _refs(self, numbers: Sequence[int]) -> dict[int, str]:
        """What people call these cases."""
        named: dict[int, str] = {}
        for at in range(0, len(numbers), _STEP):
            some = cases.c.id.in_(numbers[at : at + _STEP])
            named |= {row.id: row.ref for row in await self.all(self.rows(cases, some))}
        return named

    async def payable(self, until: date) -> list[Booked]:
        """Bills due by then and credit notes, as far as they are in no payment run."""
        found = await self.all(
            self.rows(
                bills,
                bills.c.run.is_(None),
                bills.c.due <= until.isoformat(),
                bills.c.voided_by.is_(None),
            ).order_by(bills.c.due, bills.c.id)
        )
        booked, today = await self._booked(found), self._clock.now().date()
        owed = [one for one in booked if one.bill.to_pay > 0 and _is_to_be_paid(one, today, until)]
        listed = {one.number for one in owed}
        return owed + [await self._credit(one, listed) for one in booked if one.bill.total < 0]

    async def _credit(self, note: Booked, listed: AbstractSet[int]) -> Booked:
        """A credit note is kept for its own bill, where that is to be paid another time."""
        keys = vendor_keys(note.bill.vendor, note.bill.vendor_vat)
        found = [await numbered_so(self, keys, number) for number in note.bill.corrects]
        of = [row.bill for rows in found for row in rows]
        open_ = self.rows(bills, bills.c.id.in_(of), bills.c.run.is_(None))
        theirs = await self.all(open_.order_by(bills.c.id))
        is_here = any(row.id in listed for row in theirs)
        kept_for = theirs[0].number if theirs and not is_here else ""
        return note.model_copy(update={"kept_for": kept_for})

    async def bills(self, since: date | None = None, until: date | None = None) -> list[Booked]:
        """The embedded ledger in the order it was written, the void ones as well."""
        issued = bills.c.body["issued"].as_string()
        wanted = [issued >= since.isoformat()] if since else []
        wanted += [issued <= until.isoformat()] if until else []
        found = await self.all(self.rows(bills, *wanted).order_by(bills.c.id))
        return await self._booked(found)

    async def _booked(self, found: Sequence[Row[Any]]) -> list[Booked]:
        names = await self._refs(sorted({row.case for row in found}))
        return [
            Booked(
                number=row.id,
                case=names.get(row.case, ""),
                bill=RecordBill.model_validate(row.body),
                recorded_at=row.recorded_at,
                void=row.voided_by is not None,
            )
            for row in found
        ]


def _is_to_be_paid(booked: Booked, today: date, until: date) -> bool:
    """What was off for paying early is gone: then there is time until it is due."""
    bill = booked.bill
    late = bill.discount_until is not None and bill.discount_until < today
    return not late or bill.due is None or bill.due <= until
