"""What every file tree does: the local one, and one on a WebDAV server."""

import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from cheroot.wsgi import Server
from wsgidav.wsgidav_app import WsgiDAVApp

from connectors.files.local import LocalFiles
from connectors.files.webdav import WebDavFiles
from connectors.http import HttpServer
from mailagent.core.capability import RemoveFile, StoreFile
from mailagent.core.errors import MailagentError, Permanent, Transient
from mailagent.core.value import sha256
from mailagent.ports import System
from tests.desk import MemoryBlobs
from tests.values import PDF, record_bill, store_file

TX: Any = None  # a tree leaves the transaction alone
PASSWORD = "correct horse"


class Tree:
    """A tree, and the folder in which it shows what it did."""

    def __init__(self, root: Path, files: System, blobs: MemoryBlobs) -> None:
        self.root, self.files, self._blobs = root, files, blobs

    async def store(self, content: bytes = PDF, **changes: Any) -> str:
        (name,) = await self._blobs.put_many([content])
        action: StoreFile = store_file(content=name, **changes)
        outcome = await self.files.perform(TX, 1, action, "k" * 32)
        assert await self.files.find(TX, action, "k" * 32) == outcome
        return outcome.reference

    async def remove(self, path: str, content: bytes = PDF) -> None:
        action = RemoveFile(path=path, content=sha256(content))
        await self.files.perform(TX, 1, action, "k" * 32)
        assert await self.files.find(TX, action, "k" * 32) is not None

    def all(self) -> dict[str, bytes]:
        found = (path for path in self.root.rglob("*") if path.is_file())
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in found}


@pytest.fixture(scope="module")
def webdav(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A server of this test's own, on this machine."""
    root = tmp_path_factory.mktemp("webdav")
    app = WsgiDAVApp(
        {
            "provider_mapping": {"/": str(root)},
            "simple_dc": {"user_mapping": {"*": {"ops": {"password": PASSWORD}}}},
            "http_authenticator": {"accept_basic": True, "accept_digest": False},
            "logging": {"enable": False},
            "verbose": 0,
        }
    )
    server = Server(("127.0.0.1", 0), app)
    server.prepare()
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.bind_addr[1]}", root
    server.stop()
    thread.join(timeout=5)


@pytest.fixture(params=["local", "webdav"])
async def tree(
    request: pytest.FixtureRequest, tmp_path: Path, webdav: tuple[str, Path]
) -> AsyncIterator[Tree]:
    blobs = MemoryBlobs()
    if request.param == "local":
        yield Tree(tmp_path, LocalFiles(tmp_path, blobs), blobs)
        return
    url, root = webdav
    (root / tmp_path.name).mkdir()
    server = HttpServer(url=f"{url}/{tmp_path.name}", user="ops", password=PASSWORD, timeout=10)
    yield Tree(root / tmp_path.name, WebDavFiles(server, blobs), blobs)


async def test_a_document_is_filed_once_however_often_it_is_asked_for(tree: Tree) -> None:
    assert {await tree.store() for _ in range(3)} == {"bills/2026/acme/bill.pdf"}
    assert tree.all() == {"bills/2026/acme/bill.pdf": PDF}


async def test_what_was_not_filed_is_not_found(tree: Tree) -> None:
    assert await tree.files.find(TX, store_file(), "k") is None
    assert await tree.files.find(TX, record_bill(), "k") is None
    with pytest.raises(TypeError):
        await tree.files.perform(TX, 1, record_bill(), "k")
    assert tree.all() == {}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["bill.pdf", "a" * 200 + ".pdf", "100 % größer? #1.pdf"])
async def test_others_of_the_same_name_stand_beside_it(tree: Tree, name: str) -> None:
    contents = [b"one", b"two", b"three"]
    places = [await tree.store(content, name=name) for content in contents]
    assert [tree.all()[place] for place in places] == contents
    for place, content in zip(places, contents, strict=True):
        await tree.remove(place, content)
    assert tree.all() == {}


@pytest.mark.slow
async def test_a_gap_in_the_numbers_does_not_file_twice(tree: Tree) -> None:
    first, second = await tree.store(b"one"), await tree.store(b"two")
    await tree.remove(first, b"one")
    assert await tree.store(b"two") == second
    assert len(tree.all()) == 1


async def test_nothing_leads_out_of_the_tree(tree: Tree) -> None:
    await tree.store(folder="../../../etc", name="../../passwd")
    assert set(tree.all().values()) == {PDF}
    with pytest.raises(Permanent):
        await tree.remove("../" * 9 + next(iter(tree.all())), b"another")


async def test_what_somebody_changed_since_stays(tree: Tree) -> None:
    place = await tree.store()
    (tree.root / place).write_bytes(b"with notes")
    with pytest.raises(Permanent, match="was changed since it was filed"):
        await tree.remove(place)
    assert tree.all() == {place: b"with notes"}


async def test_what_is_gone_is_removed(tree: Tree) -> None:
    place = await tree.store()
    (tree.root / place).unlink()
    await tree.remove(place)
    assert tree.all() == {}


async def test_a_folder_of_that_name_is_only_a_name_that_is_taken(tree: Tree) -> None:
    (tree.root / "bills/2026/acme/bill.pdf").mkdir(parents=True)
    assert await tree.store() == "bills/2026/acme/bill (2).pdf"


async def test_a_content_that_was_changed_on_disk_is_not_filed(tree: Tree) -> None:
    tree._blobs.contents[sha256(PDF)] = b"another"
    with pytest.raises(Permanent, match="not what was approved"):
        await tree.files.perform(TX, 1, store_file(), "k")
    assert tree.all() == {}


# --- what only a server does


async def test_the_doctor_files_something_and_takes_it_out_again(
    webdav: tuple[str, Path], tmp_path: Path
) -> None:
    url, root = webdav
    (root / tmp_path.name).mkdir()

    def files(folder: str, password: str = PASSWORD) -> WebDavFiles:
        server = HttpServer(url=f"{url}/{folder}", user="ops", password=password, timeout=10)
        return WebDavFiles(server, MemoryBlobs())

    await files(tmp_path.name).examine()
    assert list((root / tmp_path.name).iterdir()) == []
    with pytest.raises(MailagentError, match="is not there"):
        await files("nowhere").examine()
    assert not (root / "nowhere").exists()
    with pytest.raises(MailagentError, match="does not let us in"):
        await files(tmp_path.name, "wrong").examine()


def far(answer: Any) -> WebDavFiles:
    """A server that answers so."""
    blobs = MemoryBlobs()
    blobs.contents[sha256(PDF)] = PDF
    server = HttpServer(url="https://cloud.test/dav", user="ops", password=PASSWORD)
    return WebDavFiles(server, blobs, transport=httpx.MockTransport(answer))


def broken(error: type[httpx.TransportError]) -> Any:
    def answer(request: httpx.Request) -> httpx.Response:
        raise error("no", request=request)

    return answer


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (broken(httpx.ConnectError), Transient),
        (broken(httpx.ReadTimeout), Transient),
        (broken(httpx.RemoteProtocolError), Transient),
        (lambda _: httpx.Response(503), Transient),
        (lambda _: httpx.Response(429, headers={"Retry-After": "7"}), Transient),
        (lambda _: httpx.Response(423), Transient),
        (lambda _: httpx.Response(507), Transient),
        (lambda _: httpx.Response(401), Permanent),
        (lambda _: httpx.Response(302, headers={"Location": "https://evil.test"}), Permanent),
        (lambda _: httpx.Response(207, content=b"<html>"), Permanent),
        (lambda _: httpx.Response(207, content=b"<!DOCTYPE x><x/>"), Permanent),
    ],
)
async def test_what_a_server_answers_becomes_an_error_that_says_what_to_do(
    answer: Any, error: type[Exception]
) -> None:
    with pytest.raises(error) as raised:
        await far(answer).perform(TX, 1, store_file(), "k" * 32)
    assert PASSWORD not in str(raised.value)
    assert "Retry-After" not in str(raised.value)


async def test_how_long_to_wait_is_what_the_server_says() -> None:
    with pytest.raises(Transient) as raised:
        await far(lambda _: httpx.Response(429, headers={"Retry-After": "7"})).find(
            TX, store_file(), "k"
        )
    assert raised.value.retry_after is not None
    assert raised.value.retry_after.total_seconds() == 7
