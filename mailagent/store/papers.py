"""The papers of vendors among the filed documents."""

from mailagent.core.vendor_papers import PaperName, PaperOnFile
from mailagent.store.scope import Scope
from mailagent.store.tables import cases, filed

_PAPERS = tuple(name.value for name in PaperName)


class VendorPapers(Scope):
    """The store's side of them."""

    async def papers(self) -> list[PaperOnFile]:
        """Of every vendor, the first that was filed first."""
        wanted = (filed.c.kind.in_(_PAPERS), filed.c.removed_by.is_(None))
        rows = await self.all(self.rows(filed, *wanted).order_by(filed.c.id))
        if not rows:
            return []
        of = [row.case for row in rows]
        refs = {row.id: row.ref for row in await self.all(self.rows(cases, cases.c.id.in_(of)))}
        return [
            PaperOnFile(
                vendor=row.party,
                paper=PaperName(row.kind),
                number=row.number,
                valid_until=row.valid_until,
                path=row.path,
                case=refs[row.case],
            )
            for row in rows
        ]
