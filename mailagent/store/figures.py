"""The running count over the audit log: each entry is counted once, in order."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from mailagent.core.digest import Past
from mailagent.core.figures import FOLD, CaseFacts, Count, Noted, fold, recount
from mailagent.store.scope import Scope
from mailagent.store.tables import audit, cases, figure_cases, figure_marks, figures, incidents

_ROWS = 500  # of one statement: a database binds only so many values


class Counting(Scope):
    """Figures, kept up to date at the cost of what is new."""

    async def count_on(self, at_most: int = 2_000) -> int:
        """Counts the next entries of the chain; how many there were."""
        found = self.rows(audit, audit.c.seq > await self._counted())
        rows = await self.all(found.order_by(audit.c.seq).limit(at_most))
        if not rows:
            return 0
        noted = [Noted(row.at, row.what, row.actor, row.case, row.details) for row in rows]
        known = await self._facts({one.case for one in noted if one.case})
        before, counts = dict(known), dict[tuple[str, str, str], int]()
        for one in noted:
            facts, new = fold(known.get(one.case or 0, CaseFacts()), one)
            if one.case:
                known[one.case] = facts
            for task, week, name, n in new:
                key = (week.isoformat(), task, name)
                counts[key] = counts.get(key, 0) + n
        await self._add_counts(counts)
        await self._keep_facts({c: f for c, f in known.items() if f != before.get(c)})
        await self.run(self.add_or_change(figure_marks, [], seq=rows[-1].seq, fold=FOLD))
        return len(rows)

    async def _counted(self) -> int:
        """The entry up to which it is counted; all of it again where the way of counting is new."""
        mark = await self.one(self.rows(figure_marks))
        if mark is None or mark.fold == FOLD:
            return mark.seq if mark else 0
        for table in (figures, figure_cases, figure_marks):
            await self.run(self.drop(table))
        return 0

    async def figures(self, since: date | None = None) -> Sequence[Count]:
        """What was counted, by task and week."""
        where = [figures.c.week >= since.isoformat()] if since else []
        found = await self.all(self.rows(figures, *where))
        return [Count(row.task, date.fromisoformat(row.week), row.name, row.n) for row in found]

    async def standing_where(self) -> dict[str, int]:
        """How many cases stand where."""
        counted = select(cases.c.state, func.count().label("n")).group_by(cases.c.state)
        found = await self.all(counted.where(cases.c.company == self.company))
        return {row.state: row.n for row in found}

    async def incidents_since(self, moment: datetime) -> Sequence[Past]:
        """What people said was wrong."""
        found = self.rows(incidents, incidents.c.at >= moment).order_by(incidents.c.id)
        named = []
        for row in await self.all(found.limit(_ROWS)):
            case = await self.one(self.rows(cases, cases.c.id == row.case))
            ref, title = (case.ref, case.title) if case else ("", "")
            named.append(Past(ref=ref, title=title, words=row.words))
        return named

    async def miscounted(self) -> str:
        """Counts the whole log again, as far as it was counted; what differs, empty: nothing."""
        mark = await self.one(self.rows(figure_marks))
        if mark is None:
            return ""
        found = self.rows(audit, audit.c.seq <= mark.seq).order_by(audit.c.seq)
        again = recount(
            Noted(row.at, row.what, row.actor, row.case, row.details)
            for row in await self.all(found)
        )
        kept = {(one.task, one.week, one.name): one.n for one in await self.figures()}
        wrong = sorted(k for k in {*again, *kept} if again.get(k, 0) != kept.get(k, 0))
        return ", ".join(f"{task} {week} {name}" for task, week, name in wrong[:10])

    async def _facts(self, cases: Iterable[int]) -> dict[int, CaseFacts]:
        numbers, known = sorted(cases), dict[int, CaseFacts]()
        for at in range(0, len(numbers), _ROWS):
            some = figure_cases.c.case.in_(numbers[at : at + _ROWS])
            found = await self.all(self.rows(figure_cases, some))
            known |= {row.case: CaseFacts.model_validate(row.body) for row in found}
        return known

    async def _keep_facts(self, changed: Mapping[int, CaseFacts]) -> None:
        rows = [{"case": c, "body": f.model_dump(mode="json")} for c, f in changed.items()]
        for some in self._portions(rows):
            made = self._insert(figure_cases).values(some)
            body = {"body": made.excluded.body}
            key = ["company", "case"]
            await self.run(made.on_conflict_do_update(index_elements=key, set_=body))

    async def _add_counts(self, counts: Mapping[tuple[str, str, str], int]) -> None:
        rows = [{"week": w, "task": t, "name": name, "n": n} for (w, t, name), n in counts.items()]
        for some in self._portions(rows):
            made = self._insert(figures).values(some)
            more = {"n": figures.c.n + made.excluded.n}
            key = ["company", "week", "task", "name"]
            await self.run(made.on_conflict_do_update(index_elements=key, set_=more))

    def _portions(self, rows: Sequence[dict[str, Any]]) -> Iterable[list[dict[str, Any]]]:
        for at in range(0, len(rows), _ROWS):
            yield [{"company": self.company, **row} for row in rows[at : at + _ROWS]]
