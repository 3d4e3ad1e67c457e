"""The file tree: never outside its root, never twice, never over somebody's file."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.files.local import LocalFiles
from connectors.paths import places, safe_name
from mailagent.core.capability import Outcome, RemoveFile
from mailagent.core.errors import Permanent
from mailagent.core.value import sha256
from tests.desk import MemoryBlobs
from tests.values import PDF, record_bill, store_file

TX: Any = None  # this system leaves the transaction alone
WORDS = st.text() | st.lists(
    st.sampled_from(["..", ".", "/", "\\", "\0", "con", "NUL.pdf", " ", "é", "a" * 99, "~", "-"])
).map("".join)


class Tree:
    """A tree and the blobs it files from."""

    def __init__(self, root: Path) -> None:
        self.root, self.blobs = root, MemoryBlobs()
        self.files = LocalFiles(root, self.blobs)

    async def store(self, content: bytes = PDF, **changes: Any) -> str:
        (name,) = await self.blobs.put_many([content])
        action = store_file(content=name, **changes)
        outcome = await self.files.perform(TX, 1, action, "k")
        assert await self.files.find(TX, action, "k") == outcome
        return outcome.reference

    async def remove(self, path: str, content: bytes = PDF) -> Outcome:
        return await self.files.perform(TX, 1, RemoveFile(path=path, content=sha256(content)), "k")

    def all(self) -> dict[str, bytes]:
        found = (path for path in self.root.rglob("*") if path.is_file())
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in found}


@pytest.mark.slow
@given(words=WORDS)
def test_a_safe_name_is_one_component_that_every_file_system_takes(words: str) -> None:
    name = safe_name(words)
    assert 0 < len(name) <= 120
    assert name.isascii()
    assert not set(name) & set('/\\\0:*?"<>|\n')
    assert not name.startswith((".", " "))
    assert not name.endswith((".", " "))
    assert name.partition(".")[0].lower() not in {"con", "prn", "aux", "nul", "com1", "lpt9"}
    assert safe_name(name) == name


@given(folder=WORDS, name=WORDS)
def test_no_words_lead_out_of_the_root(folder: str, name: str) -> None:
    files = LocalFiles(Path("/root"), MemoryBlobs())
    for path in list(places(store_file(folder=folder, name=name)))[:3]:
        place = files._inside(path)
        assert ".." not in place.parts
        assert place.is_relative_to("/root")
        reference = place.relative_to("/root").as_posix()
        assert files._inside(reference) == place  # and back from what a receipt says


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("bill.pdf", "bill.pdf"),
        ("../../etc/passwd", "etc-passwd"),
        ("", "unnamed"),
        ("...", "unnamed"),
        ("a\0b.pdf", "a-b.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("console.pdf", "console.pdf"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
        ("a" * 300, "a" * 120),
    ],
)
def test_names(words: str, name: str) -> None:
    assert safe_name(words) == name


async def test_a_document_is_filed_once_however_often_it_is_asked_for(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    assert {await tree.store() for _ in range(3)} == {"bills/2026/acme/bill.pdf"}
    assert tree.all() == {"bills/2026/acme/bill.pdf": PDF}


async def test_what_was_not_filed_is_not_found(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    assert await tree.files.find(TX, store_file(), "k") is None
    assert await tree.files.find(TX, record_bill(), "k") is None
    assert tree.all() == {}


@pytest.mark.parametrize("name", ["bill.pdf", "a" * 200 + ".pdf", "a" * 200])
async def test_others_of_the_same_name_stand_beside_it(tmp_path: Path, name: str) -> None:
    tree = Tree(tmp_path)
    contents = [b"one", b"two", b"three"]
    places = [await tree.store(content, name=name) for content in contents]
    assert [tree.all()[place] for place in places] == contents
    for place, content in zip(places, contents, strict=True):
        await tree.remove(place, content)
    assert tree.all() == {}


async def test_a_gap_in_the_numbers_does_not_file_twice(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    first, second = await tree.store(b"one"), await tree.store(b"two")
    await tree.remove(first, b"one")
    assert await tree.store(b"two") == second
    assert len(tree.all()) == 1


async def test_a_folder_of_that_name_is_only_a_name_that_is_taken(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    (tmp_path / "bills/2026/acme/bill.pdf").mkdir(parents=True)
    assert await tree.store() == "bills/2026/acme/bill (2).pdf"


async def test_more_twins_than_there_are_numbers_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("connectors.paths.MOST_TWINS", 2)
    tree = Tree(tmp_path)
    await tree.store(b"one")
    await tree.store(b"two")
    with pytest.raises(Permanent, match="already"):
        await tree.store(b"three")


async def test_a_removed_file_is_gone_and_stays_found_as_such(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    path = await tree.store()
    action = RemoveFile(path=path, content=sha256(PDF))
    assert await tree.files.find(TX, action, "k") is None
    for _ in range(2):
        assert await tree.remove(path) == Outcome(reference=path)
    assert await tree.files.find(TX, action, "k") == Outcome(reference=path)
    assert tree.all() == {}


async def test_a_file_that_was_changed_since_stays(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    path = await tree.store()
    (tmp_path / path).write_bytes(b"with my notes")
    with pytest.raises(Permanent, match="was changed since it was filed"):
        await tree.remove(path)
    assert tree.all() == {path: b"with my notes"}


async def test_nothing_but_what_was_approved_is_filed(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    tree.blobs.contents[sha256(PDF)] = b"other"
    with pytest.raises(Permanent, match="not what was approved"):
        await tree.files.perform(TX, 1, store_file(), "k")
    assert tree.all() == {}


async def test_it_refuses_what_is_not_its_own(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match=r"ledger\.record_bill"):
        await Tree(tmp_path).files.perform(TX, 1, record_bill(), "k")
