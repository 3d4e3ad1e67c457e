"""The register of filed documents: what lies where, for which case, and how it is found."""

import re
from collections.abc import Iterable
from mimetypes import guess_type
from typing import Any

from sqlalchemy import Row, insert, literal_column, or_, select

from mailagent.core.appointment import Kept
from mailagent.core.capability import StoreFile
from mailagent.core.enclosed import KINDS, SENDABLE, AskOwnPapers, OwnPaper, OwnPapers
from mailagent.core.filing import (
    AMENDS,
    AskFiled,
    Filed,
    Found,
    KnownFiled,
    Reminded,
    folder_key,
    party_key,
)
from mailagent.store.appointments import kept
from mailagent.store.lessons import preferred
from mailagent.store.scope import Scope
from mailagent.store.tables import appointments, cases, filed, filed_words, reminders

_WORD = re.compile(r"\w+")
_TERMS = 8  # of a query
_MOST_COUNTED = 1000
_LOOKED_AT = 20  # papers of one party and kind, the last first
_KEPT = ("content", "kind", "party", "tags", "sensitive", "chosen", "number")
_SHORTEST = 3  # letters; a shorter word is looked for whole, not as the beginning of one


class Filings(Scope):
    """The store's side of what is on file."""

    async def known_filed(self, question: AskFiled) -> KnownFiled:
        """Where this content lies, and the folder its owner last chose for such papers."""
        lies = await self._latest(filed.c.content == question.document)
        before = None
        if key := party_key(question.party):
            same = (filed.c.party_key == key, filed.c.kind == question.kind)
            before = await self._before(question, *same)
        taught = await preferred(self, [folder_key(question.kind, question.party)])
        learned = next((one for one in taught if one.field == "folder"), None)
        overtaken = await self._overtaken(before) if question.overtakes and before else []
        return KnownFiled(
            reminded=await self._reminded(overtaken),
            entered=await self._entered(overtaken),
            before=before.path if before else "",
            before_case=await self._ref(before.case) if before else "",
            path=lies.path if lies else "",
            case=await self._ref(lies.case) if lies else "",
            folder=learned.value if learned else "",
            taught=learned.taught.ref if learned else "",
            lesson=learned.id if learned else 0,
        )

    async def find_filed(self, words: str, limit: int) -> Found:
        """The documents that hold all of these words, the best first. Never a sensitive one."""
        wanted = matching(self.company, words)
        if not wanted:
            return Found()
        # The index is asked first and for a bounded number: what it says is sorted out afterwards.
        best = (
            select(filed_words.c.rowid, literal_column("rank").label("score"))
            .where(literal_column("filed_words").op("MATCH")(wanted))
            .order_by(literal_column("rank"))
            .limit(_MOST_COUNTED + 1)
            .subquery()
        )
        there = (filed.c.removed_by.is_(None), filed.c.sensitive.is_(False))
        hits = self.rows(filed, *there).join(best, best.c.rowid == filed.c.id)
        hits = hits.order_by(best.c.score, filed.c.day.desc(), filed.c.id.desc())
        rows = await self.all(hits.with_only_columns(filed.c.id, filed.c.path))
        # One content may be on file for two cases: it is one document.
        each = list({row.path: row.id for row in reversed(rows)}.values())[::-1]
        shown = await self.all(self.rows(filed, filed.c.id.in_(each[:limit])))
        in_order = sorted(shown, key=lambda row: each.index(row.id))
        return Found(
            filed=tuple([await self._filed(row) for row in in_order]),
            total=min(len(each), _MOST_COUNTED),
            capped=len(rows) > _MOST_COUNTED,
        )

    async def own_papers(self, question: AskOwnPapers) -> OwnPapers:
        """Those whose party we are, or that are marked; and the one whose words were typed."""
        there = (filed.c.removed_by.is_(None), filed.c.sensitive.is_(False))
        ours = (filed.c.party_key == party_key(question.company), filed.c.kind.in_(KINDS))
        named = self.rows(filed, *there, *ours).order_by(filed.c.id.desc()).limit(_LOOKED_AT)
        marked = await self.find_filed(SENDABLE, _LOOKED_AT)
        paths = [one.path for one in marked.filed if SENDABLE in _tags(one.tags)]
        tagged = self.rows(filed, *there, filed.c.path.in_(paths), filed.c.kind.in_(KINDS))
        rows = {row.path: row for row in [*await self.all(named), *await self.all(tagged)]}
        last = sorted(rows.values(), key=lambda row: row.id, reverse=True)
        typed = (await self.find_filed(question.named, 1)).filed if question.named else ()
        one = await self._latest(*there, filed.c.path == typed[0].path) if typed else None
        return OwnPapers(
            papers=tuple(map(_own, last)),
            named=_own(one) if one is not None else None,
        )

    async def note_filed(self, case: int, file: StoreFile, key: str, path: str, words: str) -> None:
        """A document is on file; it is found by these words, unless it is nobody's to find."""
        now = self._clock.now()
        row = self.add_or_keep(
            filed,
            key=key,
            case=case,
            path=path,
            name=path.rpartition("/")[2],
            party_key=party_key(file.party),
            day=(file.day or now.date()).isoformat(),
            filed_at=now,
            valid_until=file.valid_until.isoformat() if file.valid_until else None,
            **{name: getattr(file, name) for name in _KEPT},
        )
        made = await self.run(row)
        if made.rowcount and not file.sensitive:
            said = " ".join((path, file.kind, file.party, *file.tags, words))
            (number,) = made.inserted_primary_key or (0,)
            values = {"rowid": number, "company": _token(self.company), "words": said}
            await self.run(insert(filed_words).values(**values))

    async def filed_by(self, key: str) -> str:
        """Where the effect of this key filed its document, or took it from; empty: it did not."""
        done = or_(filed.c.key == key, filed.c.removed_by == key)
        row = await self.one(self.rows(filed, done).limit(1))
        return str(row.path) if row else ""

    async def is_filed_for_others(self, path: str, case: int) -> bool:
        """Whether another case needs this file as well."""
        there = (filed.c.path == path, filed.c.removed_by.is_(None), filed.c.case != case)
        return await self.one(self.rows(filed, *there).limit(1)) is not None

    async def take_out(self, path: str, case: int, key: str) -> None:
        """This case needs the file no more."""
        there = (filed.c.path == path, filed.c.removed_by.is_(None), filed.c.case == case)
        await self.run(self.change(filed, *there).values(removed_by=key))

    async def _before(self, question: AskFiled, *same: Any) -> Row[Any] | None:
        """The one of that day; else the last that changes no other itself, else the last."""
        others = (*same, filed.c.content != question.document)
        if question.changes:
            dated = await self._latest(*others, filed.c.day == question.changes.isoformat())
            if dated is not None:
                return dated
        there = self.rows(filed, filed.c.removed_by.is_(None), *others)
        rows = await self.all(there.order_by(filed.c.id.desc()).limit(_LOOKED_AT))
        whole = [row for row in rows if not any(tag.startswith(AMENDS) for tag in row.tags)]
        return next(iter(whole or rows), None)

    async def _overtaken(self, before: Row[Any]) -> list[int]:
        """The case of a paper, and those that changed it."""
        tag = f"{AMENDS}{await self._ref(before.case)}"
        same = (filed.c.party_key == before.party_key, filed.c.kind == before.kind)
        there = self.rows(filed, filed.c.removed_by.is_(None), *same)
        rows = await self.all(there.order_by(filed.c.id.desc()).limit(_LOOKED_AT))
        return [before.case, *(row.case for row in rows if tag in row.tags)]

    async def _reminded(self, of: list[int]) -> tuple[Reminded, ...]:
        c = reminders.c
        rows = await self.all(self.rows(reminders, c.case.in_(of), c.state == "set").order_by(c.id))
        return tuple(
            Reminded(reminder=str(row.id), person=row.person, day=row.day, text=row.text)
            for row in rows
        )

    async def _entered(self, of: list[int]) -> Kept | None:
        c = appointments.c
        there = (c.case.in_(of), c.until.is_(None), c.dropped_by.is_(None))
        row = await self.one(self.rows(appointments, *there).order_by(c.id.desc()).limit(1))
        return kept(row) if row else None

    async def _latest(self, *where: Any) -> Row[Any] | None:
        there = self.rows(filed, filed.c.removed_by.is_(None), *where)
        return await self.one(there.order_by(filed.c.id.desc()).limit(1))

    async def _ref(self, case: int) -> str:
        row = await self.one(self.rows(cases, cases.c.id == case))
        return str(row.ref) if row else ""

    async def _filed(self, row: Row[Any]) -> Filed:
        shown = {name: getattr(row, name) for name in ("path", "content", "name", "kind", "party")}
        return Filed(day=row.day, tags=row.tags, case=await self._ref(row.case), **shown)


def _tags(tags: Iterable[str]) -> set[str]:
    return {word.casefold() for tag in tags for word in _WORD.findall(tag)}


def _own(row: Row[Any]) -> OwnPaper:
    guessed, _encoding = guess_type(row.name)
    return OwnPaper(
        name=row.name,
        path=row.path,
        kind=row.kind,
        content=row.content,
        media_type=guessed or "application/octet-stream",
        valid_until=row.valid_until,
    )


def matching(company: str, words: str) -> str:
    """What the index is asked: each word in quotes, so that none of them is its syntax."""
    said = _WORD.findall(words)[:_TERMS]
    terms = [f'"{word}"{"*" if len(word) >= _SHORTEST else ""}' for word in said]
    if not terms:
        return ""
    return f'company : "{_token(company)}" AND words : ({" AND ".join(terms)})'


def _token(company: str) -> str:
    """A company as one word of the index."""
    return f"c{company.encode().hex()}"
