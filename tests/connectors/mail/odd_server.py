"""One IMAP server that is odd in whatever way a test wants: what real ones do, each in turn."""

import base64
import re
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from connectors.server import Security, Server

ALL = "[Gmail]/All Mail"
_USES = {ALL: "\\All", "[Gmail]/Spam": "\\Junk", "[Gmail]": "\\Noselect"}


@dataclass
class Oddities:
    """How it behaves, and what lies in it."""

    capabilities: str = "IMAP4rev1"
    separator: str = "/"
    prefix: str = ""
    uidvalidity: int = 7
    uidnext: bool = True
    bye_after: int = 0  # mails sent in one answer before it hangs up
    busy: int = 0  # so many FETCHes are refused: too much in too short a time
    labels: bool = False  # a folder is a label: its mails stay in All Mail
    quoted: bool = False  # small mails come as quoted strings
    uid_last: bool = False  # UID after the literal
    chatter: bool = False  # news of other mails between the answers
    lower: bool = False
    token: str = ""  # the one that is good for XOAUTH2
    folders: dict[str, dict[int, bytes]] = field(default_factory=lambda: {"INBOX": {}})
    said: list[str] = field(default_factory=list)  # what clients asked
    port: int = 0

    def server(self, token: Callable[[str], str] | None = None) -> Server:
        return Server(
            host="127.0.0.1",
            port=self.port,
            security=Security.PLAIN,
            login="ops",
            password="" if token else "x",
            token=token,
            connect_timeout=3.0,
            read_timeout=3.0,
        )


@contextmanager
def odd_server(odd: Oddities) -> Iterator[Oddities]:
    class Door(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            Session(self, odd).run()

    class Threads(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

    with Threads(("127.0.0.1", 0), Door) as server:
        odd.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield odd
        server.shutdown()
        thread.join()


class Session:
    """One client."""

    def __init__(self, door: socketserver.StreamRequestHandler, odd: Oddities) -> None:
        self._in, self._out, self._odd = door.rfile, door.wfile, odd
        self._folder = ""
        self._deleted: set[int] = set()

    def run(self) -> None:
        self._say("* OK ready")
        while line := self._in.readline().decode("ascii", "replace").strip():
            tag, _, rest = line.partition(" ")
            self._odd.said.append(rest)
            word, _, words = rest.partition(" ")
            if word.upper() == "UID":
                verb, _, words = words.partition(" ")
                word = f"UID_{verb}"
            answer = getattr(self, f"do_{word.lower()}", None)
            said = answer(words) if answer else "BAD not known here"
            if said is None:
                return
            self._say(f"{tag} {said} (that is all)")

    def _say(self, line: str) -> None:
        self._out.write(line.encode() + b"\r\n")

    def do_capability(self, _: str) -> str:
        self._say(f"* CAPABILITY {self._odd.capabilities}")
        return "OK"

    def do_login(self, _: str) -> str:
        return "OK"

    def do_authenticate(self, words: str) -> str:
        self._say("+ ")
        said = base64.b64decode(self._in.readline()).decode()
        if f"auth=Bearer {self._odd.token}\1" in said:
            return "OK"
        self._say("+ " + base64.b64encode(b'{"status":"400"}').decode())
        self._in.readline()
        return "NO [AUTHENTICATIONFAILED] invalid token"

    def do_namespace(self, _: str) -> str:
        self._say(f'* NAMESPACE (("{self._odd.prefix}" "{self._odd.separator}")) NIL NIL')
        return "OK"

    def do_list(self, words: str) -> str:
        pattern = re.findall(r'"([^"]*)"|(\S+)', words)[-1]
        asked = pattern[0] or pattern[1]
        if not asked:
            self._say(f'* LIST (\\Noselect) "{self._odd.separator}" ""')
        wanted = re.compile(re.escape(asked).replace(r"\*", ".*").replace("%", ".*") + r"\Z")
        for name in self._odd.folders:
            if wanted.match(name):
                use = _USES.get(name, "")
                self._say(f'* LIST ({use}) "{self._odd.separator}" "{name}"')
        return "OK"

    def do_select(self, words: str) -> str:
        name = words.strip('"')
        if name not in self._odd.folders:
            return "NO there is none"
        self._folder = name
        self._say(f"* {len(self._here)} EXISTS")
        self._say(f"* OK [UIDVALIDITY {self._odd.uidvalidity}] valid")
        if self._odd.uidnext:
            self._say(f"* OK [UIDNEXT {max(self._here, default=0) + 1}] next")
        return "OK [READ-WRITE]"

    do_examine = do_select

    @property
    def _here(self) -> dict[int, bytes]:
        return self._odd.folders[self._folder]

    def do_create(self, words: str) -> str:
        self._odd.folders[words.strip('"')] = {}
        return "OK"

    def do_noop(self, _: str) -> str:
        return "OK"

    do_subscribe = do_noop

    def do_uid_search(self, words: str) -> str:
        found = set(self._here)
        if match := re.search(r"UID (\d+):\*", words):  # as servers do: the last one always
            found = {u for u in found if u >= int(match[1])} | ({max(found)} if found else set())
        elif match := re.search(r"UID (\d+)", words):
            found &= {int(match[1])}
        elif match := re.search(r'HEADER Message-ID "([^"]*)"', words, re.IGNORECASE):
            found = {u for u in found if match[1].encode() in self._here[u]}
        self._say("* SEARCH " + " ".join(map(str, sorted(found))))
        return "OK"

    def do_uid_copy(self, words: str) -> str:
        uid, _, name = words.partition(" ")
        into = self._odd.folders[name.strip('"')]
        into[max(into, default=100) + 1] = self._here[int(uid)]
        return "OK"

    def do_uid_store(self, words: str) -> str:
        self._deleted.add(int(words.split(maxsplit=1)[0]))
        return "OK"

    def do_uid_move(self, words: str) -> str:
        """The label goes, the mail stays in All Mail; a new label is another number."""
        uid, _, name = words.partition(" ")
        into, raw = self._odd.folders[name.strip('"')], self._here.pop(int(uid))
        into[max(into, default=100) + 1] = raw
        if self._odd.labels and raw not in (everything := self._odd.folders[ALL]).values():
            everything[max(everything, default=0) + 1] = raw
        return f"OK [COPYUID {self._odd.uidvalidity} {uid} {max(into)}]"

    def do_expunge(self, _: str) -> str:
        for uid in self._deleted:
            self._here.pop(uid, None)
        return "OK"

    def do_uid_fetch(self, words: str) -> str | None:
        if self._odd.busy:
            self._odd.busy -= 1
            return "NO [THROTTLED] Request is throttled. Suggested Backoff Time: 1000 milliseconds"
        uids, what = words.split(" ", 1)
        wanted = [u for u in sorted(self._here) if _within(u, uids)]
        for number, uid in enumerate(wanted, 1):
            if self._odd.bye_after and number > self._odd.bye_after:
                self._odd.bye_after = 0
                self._say("* BYE too much at once, come again")
                return None
            if self._odd.chatter:
                self._say(f"* {number} FETCH (FLAGS (\\Seen) UID {uid})")
                self._say("* 99 EXISTS")
            self._fetch(number, uid, what)
        return "OK done"

    def _fetch(self, number: int, uid: int, what: str) -> None:
        raw = self._here[uid]
        name = "BODY[]"
        if "FIELDS" in what:
            raw, name = raw[: raw.index(b"\r\n\r\n") + 4], "BODY[HEADER.FIELDS (FROM SUBJECT)]"
        elif "HEADER" in what:
            raw, name = raw[: raw.index(b"\r\n\r\n") + 4], "BODY[HEADER]<0>"
        first = "" if self._odd.uid_last else f"UID {uid} "
        date = '" 3-Nov-2026 09:30:00 +0100"'
        size = len(self._here[uid])
        head = f"* {number} FETCH ({first}RFC822.SIZE {size} INTERNALDATE {date} {name} "
        if self._odd.lower:
            head = head.replace("FETCH", "fetch").replace("INTERNALDATE", "internaldate")
        last = f" UID {uid})" if self._odd.uid_last else ")"
        if self._odd.quoted:
            text = raw.decode().replace("\r\n", " ").replace('"', '\\"')
            self._say(f'{head}"{text}"{last}')
            return
        self._out.write(head.encode() + b"{%d}\r\n" % len(raw) + raw + last.encode() + b"\r\n")


def _within(uid: int, uids: str) -> bool:
    for piece in uids.split(","):
        low, _, high = piece.partition(":")
        if int(low) <= uid <= int(high or low):
            return True
    return False
