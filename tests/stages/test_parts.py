"""Several documents in one file: a case each, once."""

from pathlib import Path

from mailagent.core.audit import Entry
from mailagent.core.case import State
from mailagent.core.cover import BARE, Cover
from mailagent.core.document import Document
from mailagent.core.job import Job, Stage
from mailagent.core.people import NOBODY, Us
from mailagent.core.reading import Kind, Reading
from tests.desk import JsonReader, bill_mail, open_desk
from tests.values import reading


class InParts(JsonReader):
    """Each part is a bill with a number of its own."""

    def __init__(self, parts: int) -> None:
        super().__init__()
        self.parts = parts

    async def read(
        self,
        content: bytes,
        document: Document,
        *,
        us: Us = NOBODY,
        cover: Cover = BARE,
        as_kind: Kind | None = None,
    ) -> Reading:
        found = await super().read(content, document)
        whole = reading(invoice_number=f"R-{document.part}")
        return found.model_copy(update={"parts": self.parts, "fields": whole.fields})


async def test_each_part_is_a_case_with_a_draft_of_its_own(tmp_path: Path) -> None:
    async with open_desk(tmp_path, reader=InParts(3)) as desk:
        await desk.take_in(bill_mail())
        cases = await desk.cases()
        assert [case.document.part for case in cases] == [1, 2, 3]
        assert {case.state for case in cases} == {State.PROPOSED}
        bills = [draft.proposal.reading.text("invoice_number") for draft in desk.letters("draft")]
        assert sorted(bills) == ["R-1", "R-2", "R-3"]


async def test_reading_it_again_opens_no_case_again(tmp_path: Path) -> None:
    async with open_desk(tmp_path, reader=InParts(2)) as desk:
        await desk.take_in(bill_mail())
        cases = await desk.cases()
        first = cases[0]
        async with desk.begin() as tx:
            assert await tx.documents(first.message) == [case.document for case in cases]
            again = Entry(actor="test", what="test")
            first = await tx.advance(first, State.PARKED, again)
            job = Job(stage=Stage.READ, subject=first.id)
            await tx.advance(first, State.RECEIVED, again, job)
        await desk.engine.drain()
        assert [case.document.part for case in await desk.cases()] == [1, 2]
        assert len(await desk.entries("case.read")) == 3


async def test_a_flood_in_one_file_is_asked_about(tmp_path: Path) -> None:
    async with open_desk(tmp_path, reader=InParts(21)) as desk:
        await desk.take_in(bill_mail())
        (case,) = await desk.cases()
        assert case.state is State.NEEDS_OWNER
        assert "21 documents" in desk.draft().proposal.reading.reason
