"""The register: once on file, found by its words, and gone with the last case that needs it."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailagent.core.capability import RemoveFile
from mailagent.core.filing import AskFiled, folder_key
from mailagent.core.lesson import Lesson, Taught
from mailagent.core.value import sha256
from mailagent.store.filing import matching
from tests.desk import Desk, open_desk
from tests.values import NOW, store_file


async def file(desk: Desk, text: str, *, case: int = 1, **changes: Any) -> str:
    (name,) = await desk.blobs.put_many([text.encode()])
    wanted = {"content": name, "name": f"{text[:8]}.txt", **changes}
    key = sha256(f"{case}{name}{changes}".encode())
    async with desk.begin() as tx:
        action = store_file(**wanted)
        done = await desk.office.systems["files"].perform(tx, case, action, key)
        assert await desk.office.systems["files"].find(tx, action, key) == done
    return str(done.reference)


async def found(desk: Desk, words: str, company: str = "corp") -> list[str]:
    async with desk.store.begin(company) as tx:
        return [one.path for one in (await tx.find_filed(words, 20)).filed]


async def remove(desk: Desk, path: str, text: str, case: int) -> str:
    action = RemoveFile(path=path, content=sha256(text.encode()))
    async with desk.begin() as tx:
        done = await desk.office.systems["files"].perform(tx, case, action, f"undo{case}")
    return str(done.detail)


def folder_lesson(party: str, kind: str, folder: str) -> Lesson:
    taught = Taught(case=1, ref="4F7Q", person="ann", words="folder: a/b", document="0", at=NOW)
    keys = (folder_key(kind, party),)
    return Lesson(vendor=party, keys=keys, field="folder", value=folder, taught=taught)


_TERM = r'"\w+"\*?'
_SAFE = rf'company : "c[0-9a-f]+" AND words : \({_TERM}(?: AND {_TERM})*\)'
LEASE = "Mietvertrag über die Büroräume in München, Leopoldstraße 7"


async def test_a_document_is_found_by_its_words_its_party_and_its_kind(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        lease = await file(desk, LEASE, kind="contract", party="Fjord Immobilien", folder="leases")
        await file(desk, "An offer for Munich and nothing else", kind="quote")
        for words in ("münchen", "MUNCHEN", "mietvertrag münchen", "Fjord", "contract", "büro"):
            assert await found(desk, words) == [lease], words
        assert await found(desk, "mietvertrag berlin") == []
        assert await found(desk, "") == []
        assert await found(desk, "mietvertrag", "rival") == []


async def test_what_is_sensitive_is_never_found(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        path = await file(desk, "payslip of Ann Lee, 4200.00", sensitive=True, party="Ann Lee")
        assert (desk.files / path).is_file()
        for words in ("payslip", "Ann Lee", "4200", path):
            assert await found(desk, words) == []
        async with desk.store.engine.begin() as connection:
            indexed = await connection.exec_driver_sql("SELECT count(*) FROM filed_words")
            assert indexed.scalar() == 0


async def test_the_file_goes_with_the_last_case_that_it_was_filed_for(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        first = await file(desk, LEASE, case=1)
        assert await file(desk, LEASE, case=2) == first
        assert await found(desk, "mietvertrag") == [first]  # one document, not two
        assert await remove(desk, first, LEASE, case=2) == "stays"
        assert (desk.files / first).is_file()
        assert await found(desk, "mietvertrag") == [first]
        assert await remove(desk, first, LEASE, case=1) == ""
        assert not (desk.files / first).exists()
        assert await found(desk, "mietvertrag") == []


async def test_what_lies_where_and_what_was_chosen_is_known(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        question = AskFiled(party="FJORD Immobilien GmbH", kind="contract", document="none")
        async with desk.begin() as tx:
            assert (await tx.known_filed(question)).path == ""
        chosen: dict[str, Any] = {
            "kind": "contract",
            "party": "Fjord Immobilien",
            "folder": "a/b",
        }
        path = await file(desk, LEASE, **chosen)
        same = question.model_copy(update={"document": sha256(LEASE.encode())})
        async with desk.begin() as tx:
            assert (await tx.known_filed(same)).path == path
            assert (await tx.known_filed(question)).folder == ""
            (learned,) = await tx.learn([folder_lesson("Fjord Immobilien", "contract", "a/b")])
            known = await tx.known_filed(question)
            assert (known.folder, known.lesson, known.taught) == ("a/b", learned.id, "4F7Q")
            assert (await tx.known_filed(question.model_copy(update={"kind": "x"}))).folder == ""
            await tx.forget([learned])
        await remove(desk, path, LEASE, case=1)
        async with desk.begin() as tx:
            known = await tx.known_filed(same)
        assert (known.path, known.folder) == ("", "")


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [*'"*-(', "'", "lease OR munich", "NEAR(a b)", "a AND", "company : x", "a^b", "words:a"],
)
async def test_no_query_is_the_index_s_own_language(tmp_path: Path, words: str) -> None:
    async with open_desk(tmp_path) as desk:
        await file(desk, LEASE)
        assert await found(desk, words) == []


@given(words=st.text())
def test_a_query_is_quoted_words_and_nothing_else(words: str) -> None:
    asked = matching("corp", words)
    assert re.fullmatch(_SAFE, asked) or not asked


async def test_the_newest_date_comes_first_among_equals(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        old = await file(desk, "lease one a", day=date(2020, 1, 1))
        new = await file(desk, "lease two b", day=date(2026, 1, 1))
        assert await found(desk, "lease") == [new, old]
