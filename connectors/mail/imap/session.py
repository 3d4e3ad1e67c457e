"""The work on a mailbox, blocking: to be called from one thread at a time."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from heapq import nlargest
from itertools import groupby

from imapclient import IMAPClient

from connectors.mail.imap import folders
from connectors.mail.imap.connection import connect, hang_up, imap_errors, interrupt
from connectors.mail.imap.pipe import fetch, pour
from connectors.mail.imap.survey import strays
from connectors.server import Server
from mailagent.core.message import Arrival, Place
from mailagent.ports import SWEPT, Header

INBOX = "INBOX"
# Mails that one question asks for; two questions are on their way at once.
_HEADERS_AT_ONCE = 500
_MAILS_AT_ONCE = 25
# A sweep looks for tokens; who writes a longer header does not hide one behind it for good,
# since the mail itself is fetched whole.
_HEADER_LIMIT = 64 * 1024

_HEADER = f"BODY.PEEK[HEADER]<0.{_HEADER_LIMIT}>"


class Session:
    """Connects when it is needed and hangs up on every error: the next call starts afresh."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._client: IMAPClient | None = None
        self._closing = False
        self._forget()

    def _forget(self) -> None:
        self._selected: tuple[str, int] | None = None
        self._spelt = folders.Spelling("", "/")
        self._made: set[str] = set()

    def interrupt(self) -> None:
        """From any thread: ends the call that is under way."""
        self._closing = True
        if self._client is not None:
            interrupt(self._client)

    def close(self) -> None:
        if self._client is not None:
            hang_up(self._client)
        self._client = None
        self._forget()

    @contextmanager
    def _connected(self) -> Iterator[IMAPClient]:
        with ExitStack() as on_error, imap_errors(self._server):
            on_error.callback(self.close)
            if self._client is None:
                self._client = connect(self._server)
                self._spelt = folders.spelling(self._client)
            if self._closing:
                raise ConnectionAbortedError("it was closed by us")
            yield self._client
            on_error.pop_all()

    def newest(self) -> tuple[int, int]:
        """The UIDVALIDITY of the INBOX, and the highest UID it ever gave out."""
        with self._connected() as client:
            answer = client.select_folder(INBOX)
            self._selected = (INBOX, int(answer[b"UIDVALIDITY"]))
            if b"UIDNEXT" in answer:
                return self._selected[1], int(answer[b"UIDNEXT"]) - 1
            return self._selected[1], max(client.search("UID *"), default=0)

    def sweep(self, uidvalidity: int, after: int, below: int = 0) -> tuple[int, list[Header]]:
        """The headers of what is new in the INBOX, newest first; of many, those of the newest."""
        with self._connected() as client:
            answer = client.select_folder(INBOX)
            valid = int(answer[b"UIDVALIDITY"])
            self._selected = (INBOX, valid)
            seen = after if valid == uidvalidity else 0
            if answer.get(b"UIDNEXT", seen + 2) <= seen + 1:
                return valid, []
            found = client.search(f"UID {seen + 1}:{below - 1 if below > seen + 1 else '*'}")
            # "n:*" always holds the last mail, even when its UID is below n.
            new = (uid for uid in found if uid > seen and not 0 < below <= uid)
            return valid, _headers(client, valid, nlargest(SWEPT, new))

    def fetch(self, places: Sequence[Place]) -> list[Arrival]:
        """The mails that are still there, in the order of the places."""
        found: dict[Place, Arrival] = {}
        with self._connected() as client:
            for folder, there in groupby(sorted(places, key=_where), key=lambda p: p.folder):
                valid = self._select(client, folder)
                uids = [place.uid for place in there if place.uidvalidity == valid]
                found |= _mails(client, folder, valid, uids)
        return [found[place] for place in places if place in found]

    def pour(self, place: Place, write: Callable[[bytes], object]) -> bool:
        """One mail in pieces, whatever its size; False: it is gone."""
        with self._connected() as client:
            is_there = self._select(client, place.folder) == place.uidvalidity
            return is_there and pour(client, place.uid, write)

    def since(self, folder: str, day: date) -> list[Header]:
        """The headers of what came into a folder since a day, oldest first."""
        with self._connected() as client:
            valid = self._select(client, folder)
            if not valid:
                return []
            uids = sorted(client.search(["SINCE", day]))
            return _headers(client, valid, uids, folder)

    def strays(self, people: Collection[str]) -> list[str]:
        """Whose the mails of ours are that lie in Junk."""
        with self._connected() as client:
            self._selected = None  # others are, from now on
            return strays(client, people)

    def move(self, place: Place, folder: str, message_id: str) -> Place | None:
        """Moves a mail from where it is now; None when it is nowhere."""
        with self._connected() as client:
            there = self._locate(client, place, message_id)
            if there is None or there.folder == folder:
                return there
            return self._transfer(client, there, folder, message_id)

    def _locate(self, client: IMAPClient, place: Place, message_id: str) -> Place | None:
        valid = self._select(client, place.folder)
        if valid == place.uidvalidity and client.search(f"UID {place.uid}"):
            return place
        if _is_searchable(message_id):
            for folder in [INBOX, *folders.list_ours(client, self._spelt)]:
                if found := self._search(client, folder, message_id):
                    return found
        return None

    def _search(self, client: IMAPClient, folder: str, message_id: str) -> Place | None:
        valid = self._select(client, folder)
        found = client.search(f"HEADER Message-ID {_quoted(message_id)}")
        return Place(folder=folder, uidvalidity=valid, uid=max(found)) if found else None

    def _transfer(
        self, client: IMAPClient, place: Place, folder: str, message_id: str
    ) -> Place | None:
        self._make(client, folder)
        self._select(client, place.folder)
        _move(client, place.uid, self._spelt.theirs(folder))
        copied = _copied(client)
        if copied is not None:
            return Place(folder=folder, uidvalidity=copied[0], uid=copied[1])
        if _is_searchable(message_id):  # no UIDPLUS, or another program was quicker
            return self._search(client, folder, message_id)
        return None

    def _make(self, client: IMAPClient, folder: str) -> None:
        if folder not in self._made:
            folders.make(client, self._spelt.theirs(folder))
            self._made.add(folder)

    def _select(self, client: IMAPClient, folder: str) -> int:
        """Selects a folder as it is now; its UIDVALIDITY, or 0 when there is no such folder."""
        if self._selected is not None and self._selected[0] == folder:
            client.noop()  # hears what others did there
            return self._selected[1]
        self._selected = None
        name = self._spelt.theirs(folder)
        if not client.folder_exists(name):
            return 0
        self._selected = (folder, int(client.select_folder(name)[b"UIDVALIDITY"]))
        return self._selected[1]


def _where(place: Place) -> tuple[str, int]:
    return place.folder, place.uid


def _windows(uids: Sequence[int], at_once: int) -> Iterator[Sequence[int]]:
    return (uids[at : at + at_once] for at in range(0, len(uids), at_once))


def _headers(
    client: IMAPClient, valid: int, uids: Sequence[int], folder: str = INBOX
) -> list[Header]:
    """In the order of the UIDs, whatever the server's is."""
    what = f"RFC822.SIZE INTERNALDATE {_HEADER}"
    found = {
        each.uid: Header(
            place=Place(folder=folder, uidvalidity=valid, uid=each.uid),
            header=each.content,
            size=each.size,
            received_at=each.received_at,
        )
        for each in fetch(client, _windows(uids, _HEADERS_AT_ONCE), what)
        if each.content is not None and each.received_at is not None
    }
    return [found[uid] for uid in uids if uid in found]


def _mails(
    client: IMAPClient, folder: str, valid: int, uids: Sequence[int]
) -> dict[Place, Arrival]:
    found: dict[Place, Arrival] = {}
    for each in fetch(client, _windows(uids, _MAILS_AT_ONCE), "INTERNALDATE BODY.PEEK[]"):
        if each.content is None or each.received_at is None:
            continue  # flags that somebody changed, or a mail that is gone
        place = Place(folder=folder, uidvalidity=valid, uid=each.uid)
        found[place] = Arrival(place=place, raw=each.content, received_at=each.received_at)
    return found


def _move(client: IMAPClient, uid: int, name: str) -> None:
    _copied(client)  # forgets what an earlier command left
    if client.has_capability("MOVE"):
        client.move([uid], name)
        return
    client.copy([uid], name)
    client.delete_messages([uid], silent=True)
    if client.has_capability("UIDPLUS"):
        client.uid_expunge([uid])
    else:
        client.expunge()


def _copied(client: IMAPClient) -> tuple[int, int] | None:
    """UIDVALIDITY and UID of the mail moved last, as COPYUID told them (RFC 4315)."""
    # imapclient drops the response code; imaplib, below it, keeps it.
    _, answer = client._imap.response("COPYUID")  # noqa: SLF001
    if not answer or answer[-1] is None:
        return None
    valid, _, uid = answer[-1].split()
    return int(valid), int(uid)


def _is_searchable(message_id: str) -> bool:
    return bool(message_id) and message_id.isascii() and message_id.isprintable()


def _quoted(message_id: str) -> str:
    """With its angle brackets: the server looks for a part of the field."""
    escaped = re.sub(r'(["\\])', r"\\\1", message_id.strip("<>"))
    return f'"<{escaped}>"'
