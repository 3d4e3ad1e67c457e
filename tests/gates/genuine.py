"""Genuine replies: clients, ways to encode a mail, and what proves its sender."""

import base64
import quopri
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from mailagent.core.authenticator import Authenticator
from mailagent.core.people import Address, Person, Pin, Proof
from tests.core.channel import DIGEST, NOW, SECRET, World, candidate, draft_for, token
from tests.core.signing import COVERED, edwards_key, rsa_key, signed
from tests.gateway import TENANT_PIN, exchange_marks
from tests.language.clients import CLIENTS

SERVER = "mx.corp.example"
WHOLE = (*COVERED, "to", "message-id", "in-reply-to", "references", "mime-version", "content-type")
SENT = (
    "Approve this bill? All 6 checks passed. Approving pays nothing yet.\n"
    "Reply  approve - reject [why] - later [when] - or the change\n\n"
    "I will  1 record it, 6815 IT costs\n        2 file the PDF\n        3 remind you on 10 Dec\n\n"
    "total    EUR 1,234.56     due  12 Dec 2026\n"
)
WORDS = ("approve", "Approved, thanks!", "ok", "reject wrong entity", "Approve.", "approve not 3")


def _dkim(raw: bytes) -> bytes:
    return signed(raw, "corp.example", covered=WHOLE)


def _least(raw: bytes) -> bytes:
    return signed(raw, "corp.example")


def _edwards(raw: bytes) -> bytes:
    return signed(raw, "corp.example", edwards_key(), selector="ed", covered=WHOLE[:7])


def _two(raw: bytes) -> bytes:
    return signed(signed(raw, "corp.example", covered=WHOLE), "attacker.example", rsa_key())


def _marked(*fields: tuple[str, str]) -> Callable[[bytes], bytes]:
    head = "".join(f"{name}: {value}\r\n" for name, value in fields)
    return lambda raw: head.encode() + raw


_RESULTS = "Authentication-Results"
_UNNAMED = "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=corp.example; dkim=none; "


class Way(NamedTuple):
    """What proves the sender, and how it comes into the mail."""

    pin: Pin
    prove: Callable[[bytes], bytes]


DKIM = Pin(method=Proof.DKIM, domain="corp.example")
BY_SERVER = Pin(
    method=Proof.SERVER, authserv_id=SERVER, domain="corp.example", login="ann@corp.example"
)
UNNAMED = Pin(method=Proof.SERVER, marks="exchange-online-outside", domain="corp.example")
WAYS: dict[str, Way] = {
    "rsa": Way(DKIM, _dkim),
    "least": Way(DKIM, _least),
    "ed25519": Way(DKIM, _edwards),
    "two": Way(DKIM, _two),
    "dmarc": Way(
        BY_SERVER,
        _marked((_RESULTS, f"{SERVER};\r\n\tspf=none; dmarc=pass header.from=corp.example")),
    ),
    "auth": Way(
        BY_SERVER, _marked((_RESULTS, f"{SERVER}; auth=pass (x) smtp.auth=Ann@corp.example"))
    ),
    "tenant": Way(TENANT_PIN, _marked(*exchange_marks(inside=True))),
    "unnamed": Way(
        UNNAMED, _marked((_RESULTS, _UNNAMED + "dmarc=pass action=none header.from=corp.example"))
    ),
    "code": Way(Pin(method=Proof.CODE), lambda raw: raw),
}


def _plain(text: str) -> tuple[str, bytes]:
    return "Content-Type: text/plain; charset=utf-8\r\n", text.encode()


def _quoted(text: str) -> tuple[str, bytes]:
    head = 'Content-Type: text/plain; charset="iso-8859-1"; format=flowed\r\n'
    body = quopri.encodestring(text.encode("latin-1", "replace"))
    return f"{head}Content-Transfer-Encoding: quoted-printable\r\n", body


def _base64(text: str) -> tuple[str, bytes]:
    head = "Content-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: BASE64\r\n"
    return head, base64.encodebytes(text.encode())


def _both(text: str) -> tuple[str, bytes]:
    own, _, rest = text.partition("\n\n")
    html = f'<div dir="ltr">{own}</div><br><div class="gmail_quote"><blockquote>{rest}</blockquote>'
    parts = (("plain", text), ("html", f"{html}</div>"))
    body = b"".join(
        f"--=_b\nContent-Type: text/{kind}; charset=utf-8\n".encode()
        + b"Content-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(said.encode())
        for kind, said in parts
    )
    return 'Content-Type: multipart/alternative; boundary="=_b"\r\n', body + b"--=_b--\n"


ENCODINGS = {"plain": _plain, "quoted-printable": _quoted, "base64": _base64, "both": _both}


class Genuine(NamedTuple):
    """A reply that counts, in the world it belongs to."""

    name: str
    raw: bytes
    world: World
    way: str


def _world(pin: Pin) -> tuple[World, str]:
    ann = Person(
        id="ann", name="Ann Lee", addresses=(Address(address="ann@corp.example", pin=pin),)
    )
    mine = token(DIGEST)
    world = World((candidate(draft_for(ann, mine), approvers=(ann,)),), (ann,))
    return world._replace(authenticator=Authenticator(secret=SECRET)), str(mine)


def genuine(client: str, encoding: str, way: str, own: str) -> Genuine:
    """One reply, as it arrives."""
    name = f"{client}-{encoding}-{way}"
    pin, prove = WAYS[way]
    world, mine = _world(pin)
    if way == "code":
        code = Authenticator(secret=SECRET).code(int(NOW.timestamp()) // 30)
        own = f"approve {code}"
    if client == "bottom" and encoding == "both":
        encoding = "base64"  # what is above is quoted there
    kind, body = ENCODINGS[encoding](CLIENTS[client](own, SENT))
    head = (
        "Received: from client by mx.corp.example; Fri, 20 Nov 2026 12:00:00 +0000\r\n"
        "From: =?utf-8?q?Ann_L=C3=A9e?= <ann@corp.example>\r\n"
        f"To: mailagent for Corp\r\n <ops+{mine}@corp.example>\r\n"
        "Subject: Re: =?utf-8?q?EUR_5_N=C3=B6rdlicht?= [ops 4F7Q]\r\n"
        "Date: Fri, 20 Nov 2026 12:00:00 +0000\r\n"
        "Message-Id: <r1@corp.example>\r\n"
        f"In-Reply-To: <ops.{mine}@corp.example>\r\n"
        f"References: <first@vendor.example>\r\n <ops.{mine}@corp.example>\r\n"
        f"MIME-Version: 1.0\r\n{kind}"
    )
    crlf = body.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    raw = prove(head.encode() + b"\r\n" + crlf)
    return Genuine(name, raw, world, way)


@cache
def all_genuine() -> tuple[Genuine, ...]:
    """Every client with every encoding and every proof; the words take turns."""
    return tuple(_all())


def _all() -> Iterator[Genuine]:
    number = 0
    for client in CLIENTS:
        for encoding in ENCODINGS:
            for way in WAYS:
                yield genuine(client, encoding, way, WORDS[number % len(WORDS)])
                number += 1
