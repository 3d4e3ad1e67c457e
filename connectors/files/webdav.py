"""The file tree on a WebDAV server, such as Nextcloud.

Whatever breaks in between may be done again: a document lies at its place with this content, or
it does not. It is written under another name first and then moved, never over somebody's file.
"""

from http import HTTPStatus
from secrets import token_hex
from urllib.parse import quote, unquote, urlsplit

import httpx

from connectors.http import HttpServer, ServerRefused, accepted, http_errors, unreadable
from connectors.paths import MOST_TWINS, inside, places
from mailagent.core.capability import Outcome, Payload, RemoveFile, StoreFile
from mailagent.core.errors import Permanent
from mailagent.core.said import say
from mailagent.core.value import sha256
from mailagent.ports import Blobs, Transaction
from parsers.text.xml import parse_xml

_GONE = HTTPStatus.NOT_FOUND
_TAKEN = HTTPStatus.PRECONDITION_FAILED
_THERE = HTTPStatus.METHOD_NOT_ALLOWED  # of a folder that is to be made
_NO_PARENT = HTTPStatus.CONFLICT
_NAMES = b'<?xml version="1.0"?><propfind xmlns="DAV:"><prop><resourcetype/></prop></propfind>'

_PROBE = b"mailagent doctor was here, and may be deleted"


class WebDavFiles:
    """Stores and removes documents below a folder of a server."""

    def __init__(
        self,
        server: HttpServer,
        blobs: Blobs,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._server = server
        self._blobs = blobs
        self._transport = transport

    async def perform(self, _tx: Transaction, _case: int, action: Payload, key: str) -> Outcome:
        """Stores or removes a file."""
        with http_errors(self._server.url):
            async with self._server.client(transport=self._transport) as client:
                tree = _Tree(self._server.url, client)
                match action:
                    case StoreFile():
                        return await self._store(tree, action, key)
                    case RemoveFile():
                        return await _remove(tree, action)
                    case _:
                        raise TypeError(f"the file tree does not know {action.capability}")

    async def find(self, _tx: Transaction, action: Payload, _key: str) -> Outcome | None:
        """The same content at its place means that it was done."""
        with http_errors(self._server.url):
            async with self._server.client(transport=self._transport) as client:
                tree = _Tree(self._server.url, client)
                match action:
                    case StoreFile():
                        path, is_there = await _place(tree, action)
                        return Outcome(reference=path) if is_there else None
                    case RemoveFile():
                        gone = await tree.content(inside(action.path)) is None
                        return Outcome(reference=action.path) if gone else None
                    case _:
                        return None

    async def examine(self) -> None:
        """Files a few bytes and takes them out again: raises what stands in the way."""
        probe = f".mailagent-was-here-{token_hex(4)}"
        with http_errors(self._server.url):
            async with self._server.client(transport=self._transport) as client:
                tree = _Tree(self._server.url, client)
                await tree.must_be_there()
                await tree.write(probe, _PROBE, token_hex(8))
                kept = await tree.content(probe)
                await tree.delete(probe)
        if kept != _PROBE:
            why = say("failed.answers_otherwise", where=self._server.url)
            what = f"{self._server.url} does not give back what was filed there"
            raise ServerRefused(what, why=why)

    async def _store(self, tree: "_Tree", action: StoreFile, key: str) -> Outcome:
        content = await self._blobs.get(action.content)
        if sha256(content) != action.content:
            raise Permanent(
                "the kept document is not what was approved", why=say("failed.other_content")
            )
        for _ in range(MOST_TWINS):
            path, is_there = await _place(tree, action)
            if is_there or await tree.write(path, content, key):
                return Outcome(reference=path)
        raise Permanent(
            f"there are {MOST_TWINS} files of the name {action.name} already",
            why=say("failed.twins", n=MOST_TWINS, name=action.name),
        )


async def _place(tree: "_Tree", action: StoreFile) -> tuple[str, bool]:
    """Where this content lies, else the first place that is free."""
    folder = inside(action.folder)
    there = await tree.names(folder)
    for path in places(action):
        name = path.rpartition("/")[2]
        if there.get(name) and sha256(await tree.content(path) or b"") == action.content:
            return path, True
    free = (path for path in places(action) if path.rpartition("/")[2] not in there)
    path = next(free, "")
    if not path:
        raise Permanent(
            f"there are {MOST_TWINS} files of the name {action.name} already",
            why=say("failed.twins", n=MOST_TWINS, name=action.name),
        )
    return path, False


async def _remove(tree: "_Tree", action: RemoveFile) -> Outcome:
    path = inside(action.path)
    found = await tree.content(path)
    if found is not None and sha256(found) != action.content:
        raise Permanent(
            f"{action.path} was changed since it was filed, so it stays",
            advice="Remove it by hand if it should go.",
            why=say("failed.changed_since", path=action.path),
        )
    if found is not None:
        await tree.delete(path)
    return Outcome(reference=action.path)


class _Tree:
    """The paths below one folder of the server, as requests."""

    def __init__(self, url: str, client: httpx.AsyncClient) -> None:
        self._root = url.rstrip("/")
        self._client = client

    async def must_be_there(self) -> None:
        """The folder itself is the owner's to make."""
        answer = await self._client.request(
            "PROPFIND", self._url(""), headers={"Depth": "0"}, content=_NAMES
        )
        if accepted(answer, _GONE).status_code == _GONE:
            why = say("failed.no_folder", folder=self._root)
            raise ServerRefused(f"the folder {self._root} is not there", why=why)

    async def names(self, folder: str) -> dict[str, bool]:
        """What lies in a folder, and whether it is a file; nothing where there is none."""
        answer = await self._client.request(
            "PROPFIND", self._url(folder) + "/", headers={"Depth": "1"}, content=_NAMES
        )
        if accepted(answer, _GONE).status_code == _GONE:
            return {}
        with unreadable(self._root):
            listed = parse_xml(answer.content).iter("{DAV:}href")
        paths = [unquote(urlsplit(href.text or "").path) for href in listed]
        return {p.rstrip("/").rpartition("/")[2]: not p.endswith("/") for p in paths}

    async def content(self, path: str) -> bytes | None:
        """What lies there; None: no file."""
        answer = accepted(await self._client.get(self._url(path)), _GONE, _THERE)
        return answer.content if answer.is_success else None

    async def write(self, path: str, content: bytes, key: str) -> bool:
        """All or nothing, and never over another file; False: the place was taken meanwhile."""
        folder = path.rpartition("/")[0]
        half = f"{folder}/.{key[:16]}.half".lstrip("/")
        answer = await self._client.put(self._url(half), content=content)
        if answer.status_code in (_NO_PARENT, _GONE):
            await self._make(folder)
            answer = await self._client.put(self._url(half), content=content)
        accepted(answer)
        to = {"Destination": self._url(path), "Overwrite": "F"}
        moved = await self._client.request("MOVE", self._url(half), headers=to)
        if accepted(moved, _TAKEN).status_code == _TAKEN:
            await self.delete(half)
            return False
        return True

    async def delete(self, path: str) -> None:
        """It is gone, or was."""
        accepted(await self._client.delete(self._url(path)), _GONE)

    async def _make(self, folder: str) -> None:
        """The folder and those above it; the first of them is the owner's own."""
        made = ""
        for part in folder.split("/"):
            made = f"{made}/{part}".lstrip("/")
            answer = await self._client.request("MKCOL", self._url(made) + "/")
            if accepted(answer, _THERE, _NO_PARENT).status_code == _NO_PARENT:
                raise ServerRefused(
                    f"the folder {self._root} is not there",
                    why=say("failed.no_folder", folder=self._root),
                )

    def _url(self, path: str) -> str:
        return f"{self._root}/{quote(path)}"
