"""What can be done to a mail on its way, or by somebody who has one that was genuine."""

import base64
import re
from collections.abc import Callable
from random import Random

import dkim

from mailagent.core.token import tokens_in
from tests.core.channel import token
from tests.core.signing import rsa_key, signed

Mutation = Callable[[bytes, Random], bytes]
MUTATIONS: dict[str, Mutation] = {}

_FROMS = (
    "Ann Lee <eve@attacker.example>",
    "ann@corp.example <eve@attacker.example>",
    '"ann@corp.example" <eve@attacker.example>',
    "eve@attacker.example, ann@corp.example",
    "ann@corp.example, eve@attacker.example",
    "us: ann@corp.example;",
    "<=?utf-8?q?ann?=@corp.example>",
    "ann@corp.example (eve@attacker.example)",
    "ann@corp.example.",
    '"ann"@corp.example',
    "<ann@corp.example> <eve@attacker.example>",
    "=?utf-8?q?ann=40corp.example?=",
    "ann@corp.example\r\n eve@attacker.example",
    "ann@c\N{CYRILLIC SMALL LETTER O}rp.example",
    "ANN@CORP.EXAMPLE",
    "@relay.example:ann@corp.example",
    "",
)
_WORDS = ("approve", "reject", "ok", "yes", "approve all", "total: 900", "undo", "iban: DE00")
_EXTRA = (
    *("Auto-Submitted: auto-replied", "List-Id: <x>", "Precedence: bulk", "Sender: eve@x.example"),
    *("Reply-To: eve@attacker.example", "Resent-From: ann@corp.example", "Date: x"),
    *("Return-Path: <>", "X-A: \0", "X-A: \n b", ": odd", "odd", "Subject: approve [ops 4F7Q]"),
    *("Content-Type: text/html", "Content-Type: multipart/mixed; boundary=x", "From: x@y.example"),
    *("Content-Transfer-Encoding: base64", "Content-Transfer-Encoding: quoted-printable"),
    *(
        "In-Reply-To: <x@y.example>",
        "Message-ID: <other@y.example>",
        "Apparently-From: a@b.example",
    ),
    "Authentication-Results: mx.corp.example; dmarc=pass header.from=corp.example",
    "Authentication-Results: mx.corp.example; dmarc=fail header.from=corp.example",
    "ARC-Authentication-Results: i=1; mx.corp.example; dkim=pass",
)


def mutation(make: Mutation) -> Mutation:
    """Enters one under its name."""
    MUTATIONS[make.__name__] = make
    return make


def _split(raw: bytes) -> tuple[list[bytes], bytes]:
    head, _, body = raw.partition(b"\r\n\r\n")
    return re.split(rb"\r\n(?![ \t])", head), body


def _joined(fields: list[bytes], body: bytes) -> bytes:
    return b"\r\n".join(fields) + b"\r\n\r\n" + body


def _replaced(raw: bytes, name: bytes, value: bytes) -> bytes:
    fields, body = _split(raw)
    made = [
        name + b": " + value if field.lower().startswith(name.lower() + b":") else field
        for field in fields
    ]
    return _joined(made, body)


@mutation
def doubled_field(raw: bytes, random: Random) -> bytes:
    fields, body = _split(raw)
    fields.insert(random.randrange(len(fields) + 1), random.choice(fields))
    return _joined(fields, body)


@mutation
def lost_field(raw: bytes, random: Random) -> bytes:
    fields, body = _split(raw)
    fields.pop(random.randrange(len(fields)))
    return _joined(fields, body)


@mutation
def moved_field(raw: bytes, random: Random) -> bytes:
    fields, body = _split(raw)
    field = fields.pop(random.randrange(len(fields)))
    fields.insert(random.randrange(len(fields) + 1), field)
    return _joined(fields, body)


@mutation
def other_case(raw: bytes, random: Random) -> bytes:
    fields, body = _split(raw)
    at = random.randrange(len(fields))
    name, colon, value = fields[at].partition(b":")
    fields[at] = random.choice([name.upper(), name.lower(), name.swapcase()]) + colon + value
    return _joined(fields, body)


@mutation
def folded_field(raw: bytes, random: Random) -> bytes:
    fields, body = _split(raw)
    at = random.randrange(len(fields))
    places = [found.start() for found in re.finditer(rb" ", fields[at])]
    if places:
        place = random.choice(places)
        fields[at] = fields[at][:place] + b"\r\n" + fields[at][place:]
    return _joined(fields, body)


@mutation
def swapped_values(raw: bytes, random: Random) -> bytes:
    fields, body = _split(raw)
    one, other = random.randrange(len(fields)), random.randrange(len(fields))
    first, second = fields[one].partition(b":"), fields[other].partition(b":")
    fields[one], fields[other] = first[0] + b":" + second[2], second[0] + b":" + first[2]
    return _joined(fields, body)


@mutation
def another_from(raw: bytes, random: Random) -> bytes:
    return _replaced(raw, b"From", random.choice(_FROMS).encode())


@mutation
def one_more_from(raw: bytes, random: Random) -> bytes:
    fields, body = _split(raw)
    fields.insert(random.randrange(len(fields)), b"From: " + random.choice(_FROMS).encode())
    return _joined(fields, body)


@mutation
def one_more_field(raw: bytes, random: Random) -> bytes:
    fields, body = _split(raw)
    fields.insert(random.randrange(len(fields) + 1), random.choice(_EXTRA).encode())
    return _joined(fields, body)


@mutation
def another_subject(raw: bytes, random: Random) -> bytes:
    said = random.choice(["Re: [ops 9XYZ]", "[ops 4F7Q] [ops 9XYZ]", "approve", "Fwd: [ops 4F7Q]"])
    return _replaced(raw, b"Subject", said.encode())


@mutation
def another_date(raw: bytes, random: Random) -> bytes:
    day = random.choice(["19", "21", "20"])
    return _replaced(
        raw, b"Date", f"Fri, {day} Nov 2026 0{random.randrange(9)}:00:00 +0000".encode()
    )


@mutation
def another_token(raw: bytes, random: Random) -> bytes:
    mine = sorted(str(found) for found in tokens_in(raw.decode("latin-1")))
    if not mine:
        return raw
    text = random.choice(mine).encode()
    new = str(token()).encode()
    if random.random() < 0.5:  # a letter only
        at = random.randrange(len(text))
        new = text[:at] + bytes([random.choice(b"abcdef0123456789")]) + text[at + 1 :]
    return raw.replace(text, new, random.choice([1, -1]))


@mutation
def one_more_token(raw: bytes, random: Random) -> bytes:
    name = random.choice([b"Cc", b"References", b"X-Original-To", b"Delivered-To"])
    fields, body = _split(raw)
    fields.insert(0, name + b": <ops+" + str(token()).encode() + b"@corp.example>")
    return _joined(fields, body)


@mutation
def another_signature(raw: bytes, random: Random) -> bytes:
    plain = re.sub(rb"DKIM-Signature:(?:[^\r]|\r\n[ \t])*\r\n", b"", raw)
    domain = random.choice(["attacker.example", "mail.corp.example", "example"])
    try:
        return signed(plain, domain, rsa_key())
    except (dkim.DKIMException, IndexError):  # nothing that anybody could sign
        return plain


_TAGS = (
    (rb"d=corp\.example", b"d=attacker.example"),
    (rb"d=corp\.example", b"d=mail.corp.example"),
    (rb"s=s1", b"s=ed"),
    (rb"; bh=", b"; l=5; bh="),
    (rb"; bh=", b"; l=0; bh="),
    (rb"h=from:subject:date", b"h=from:subject"),
    (rb"h=from", b"h=from:from"),
    (rb"v=1", b"v=2"),
    (rb"a=rsa-sha256", b"a=rsa-sha1"),
    (rb"a=rsa-sha256", b"a=ed25519-sha256"),
    (rb"c=relaxed/relaxed", b"c=simple/simple"),
    (rb"b=[A-Za-z0-9]{6}", b"b=AAAAAA"),
    (rb"bh=[A-Za-z0-9]{6}", b"bh=AAAAAA"),
)


@mutation
def another_tag(raw: bytes, random: Random) -> bytes:
    old, new = random.choice(_TAGS)
    return re.sub(old, new, raw, count=1)


@mutation
def no_proof(raw: bytes, random: Random) -> bytes:
    names = rb"(?:DKIM-Signature|Authentication-Results|X-MS-Exchange-[\w-]+)"
    return re.sub(names + rb":(?:[^\r]|\r\n[ \t])*\r\n", b"", raw, count=random.choice([0, 1, 2]))


@mutation
def odd_byte(raw: bytes, random: Random) -> bytes:
    at = random.randrange(len(raw))
    odd = random.choice([b"\0", b"\r", b"\n", b"\x0b", b"\xff", b"\x80", b"\t", b"\x1b"])
    return raw[:at] + odd + raw[at + random.choice([0, 1]) :]


@mutation
def turned_bit(raw: bytes, random: Random) -> bytes:
    at = random.randrange(len(raw))
    return raw[:at] + bytes([raw[at] ^ (1 << random.randrange(8))]) + raw[at + 1 :]


@mutation
def cut_off(raw: bytes, random: Random) -> bytes:
    return raw[: random.randrange(len(raw))]


@mutation
def word_in_body(raw: bytes, random: Random) -> bytes:
    fields, body = _split(raw)
    at = random.choice([0, len(body), random.randrange(len(body) + 1)])
    word = f"\r\n{random.choice(_WORDS)}\r\n".encode()
    return _joined(fields, body[:at] + word + body[at:])


@mutation
def hidden_word(raw: bytes, random: Random) -> bytes:
    style = random.choice(["display:none", "color:#fff", "font-size:0"])
    said = f'<div style="{style}">{random.choice(_WORDS)}</div>'
    return raw + said.encode()


@mutation
def wrapped(raw: bytes, random: Random) -> bytes:
    """The mail as it was, as the second part of another."""
    fields, body = _split(raw)
    kind = b"\r\n".join(f for f in fields if f.lower().startswith(b"content-"))
    kept = [f for f in fields if not f.lower().startswith(b"content-")]
    first = b"--=_w\r\nContent-Type: text/plain\r\n\r\n" + random.choice(_WORDS).encode()
    second = b"\r\n--=_w\r\n" + kind + b"\r\n\r\n" + body
    mixed = random.choice([b"mixed", b"alternative", b"related", b"signed"])
    kept.append(b"Content-Type: multipart/" + mixed + b'; boundary="=_w"')
    return _joined(kept, first + second + b"\r\n--=_w--\r\n")


@mutation
def another_type(raw: bytes, random: Random) -> bytes:
    said = random.choice(
        [
            *(b"text/html; charset=utf-8", b"text/plain; charset=utf-7", b"text/plain; charset=x"),
            *(b"text/plain; charset=utf-16", b'multipart/mixed; boundary="> Reply"', b"odd"),
            *(b'multipart/alternative; boundary="=_b"', b"message/rfc822", b"text/plain"),
            b'multipart/mixed; boundary="-"',
        ]
    )
    return _replaced(raw, b"Content-Type", said)


@mutation
def another_encoding(raw: bytes, random: Random) -> bytes:
    said = random.choice([b"base64", b"quoted-printable", b"7bit", b"x-uuencode", b"binary"])
    fields, body = _split(raw)
    if not any(f.lower().startswith(b"content-transfer-encoding") for f in fields):
        fields.append(b"Content-Transfer-Encoding: 7bit")
    return _replaced(_joined(fields, body), b"Content-Transfer-Encoding", said)


@mutation
def encoded_anew(raw: bytes, random: Random) -> bytes:
    """As a gateway does that changes no word."""
    fields, body = _split(raw)
    kept = [f for f in fields if not f.lower().startswith(b"content-transfer-encoding")]
    if any(b"multipart" in f.lower() for f in kept) or len(kept) != len(fields):
        return _joined(fields, body + b"\r\n" * random.randrange(3))
    kept.append(b"Content-Transfer-Encoding: base64")
    return _joined(kept, base64.encodebytes(body).replace(b"\n", b"\r\n"))


@mutation
def preamble(raw: bytes, random: Random) -> bytes:
    return raw.replace(b"\r\n\r\n", f"\r\n\r\n{random.choice(_WORDS)}\r\n".encode(), 1)


@mutation
def one_more_part(raw: bytes, random: Random) -> bytes:
    part = f"--=_b\r\nContent-Type: text/plain\r\n\r\n{random.choice(_WORDS)}\r\n".encode()
    places = [found.start() for found in re.finditer(rb"--=_b", raw)] or [len(raw)]
    at = random.choice(places)
    return raw[:at] + part + raw[at:]
