"""What a mailbox is like: what its server can do, and what lies where it should not."""

import re
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from imapclient import IMAPClient

from connectors.mail.imap import folders
from connectors.mail.imap.connection import connect, hang_up, imap_errors
from connectors.mail.imap.pipe import Fetched, fetch
from connectors.server import Server
from mailagent.core.message import whose_stray

_NEWEST = 50  # mails that are looked at in a folder
_FIELDS = "FROM SUBJECT LIST-ID LIST-POST X-GOOGLE-GROUP-ID MAILING-LIST"
_LIST = re.compile(
    rb"^(?:list-id|list-post|x-google-group-id|mailing-list):", re.IGNORECASE | re.MULTILINE
)
_JUNK = re.compile(r"(?:^|[./\\])(?:junk|spam|bulk mail|junk e-?mail)$", re.IGNORECASE)


class Survey(NamedTuple):
    """What was found. `junk` is the folder's name; empty: there is none."""

    lacks: tuple[str, ...]
    separator: str
    newest: datetime | None
    as_list: int  # of the newest mails in the INBOX, how many a mailing list has sent on
    looked_at: int
    junk: str
    junk_ours: int  # mails in Junk that are of our own people, or answers to the agent


def survey(server: Server, people: Collection[str]) -> Survey:
    """Signs in and looks at headers only; nothing is changed."""
    with imap_errors(server):
        client = connect(server)
        try:
            return _look(client, people)
        finally:
            hang_up(client)


def _look(client: IMAPClient, people: Collection[str]) -> Survey:
    spelt = folders.spelling(client)
    lacks = [name for name in ("IDLE", "MOVE", "UIDPLUS") if not client.has_capability(name)]
    if not _takes_keywords(client):
        lacks.append("keywords")
    inbox = _headers(client, "INBOX")
    junk = _junk(client)
    return Survey(
        lacks=tuple(lacks),
        separator=spelt.separator,
        newest=max((each.received_at for each in inbox if each.received_at), default=None),
        as_list=sum(bool(_LIST.search(each.content or b"")) for each in inbox),
        looked_at=len(inbox),
        junk=junk,
        junk_ours=len(_strays_in(client, junk, people)),
    )


def _takes_keywords(client: IMAPClient) -> bool:
    answer = client.select_folder("INBOX", readonly=False)
    return b"\\*" in answer.get(b"PERMANENTFLAGS", ())


def _headers(client: IMAPClient, folder: str) -> list[Fetched]:
    """The newest; of Junk the last month is enough."""
    client.select_folder(folder, readonly=True)
    since = (datetime.now(UTC) - timedelta(days=30)).date()  # noqa: TID251 - a month, roughly
    uids = sorted(client.search(["SINCE", since]))[-_NEWEST:]
    what = f"INTERNALDATE BODY.PEEK[HEADER.FIELDS ({_FIELDS})]"
    return list(fetch(client, [uids], what)) if uids else []


def _junk(client: IMAPClient) -> str:
    """By its special use (RFC 6154), else by the names that are common."""
    listed = client.list_folders()
    special = (name for flags, _, name in listed if b"\\Junk" in flags)
    return next(special, "") or next((n for _, _, n in listed if _JUNK.search(n)), "")


def strays(client: IMAPClient, people: Collection[str]) -> list[str]:
    """Whose the mails of ours are that lie in Junk; `TO_US`: of whoever answers the agent."""
    return _strays_in(client, _junk(client), people)


def _strays_in(client: IMAPClient, junk: str, people: Collection[str]) -> list[str]:
    headers = [each.content or b"" for each in _headers(client, junk)] if junk else []
    return [found for header in headers if (found := whose_stray(header, people))]
