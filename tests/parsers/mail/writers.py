"""Replies as clients write them, from known parts: what is own, signature and quotation."""

# ruff: noqa: E501 - markup is easier to read in one piece

from collections.abc import Callable, Iterator
from html import escape
from typing import NamedTuple

from tests.parsers.mail.tongues import TONGUES, Tongue

NAME = "mailagent, Corp Ltd"
ADDRESS = "ops@corp.example"
WHO = f"{NAME} <{ADDRESS}>"
SUBJECT = "EUR 1,234.56 Nordlicht, due 12 Dec [ops 4F7Q]"
SENT = """\
Approve this bill? All 6 checks passed.
Reply  approve · reject [why] · later [when]

vendor   Nordlicht Hosting GmbH
total    EUR 1,234.56

-- billing@nordlicht.example, forwarded by you 20 Nov
   audit 1182:9f2c41d7a0b35e11"""
FIRST, SECOND = SENT.split("\n\n", 1)


class Written(NamedTuple):
    """A reply, and what is known of it."""

    text: str
    own: str
    signature: str


OWNS = {
    "word": "approve",
    "lines": "Hi,\n\napprove, please.\n\nThanks a lot\nAnn",
    "figures": "total: 1.200,00\ndue: 15 Dec 2026\n\n1 ok, 2 no",
    "dashes": "two things:\n- the 15th\n- not 3\n\n-> then go ahead",
    "sentence": "On Monday I was told by Ben that 3 is wrong: see below.\nFrom now on, ask him.",
}
SIGNATURES = {
    "none": "",
    "delimiter": "-- \nAnn Lee\nHead of Finance, Corp Ltd\n+49 30 1234567 | www.corp.example",
    "stripped delimiter": "--\nAnn Lee\nCorp Ltd",
    "phone": "{phone}",
    "outlook": "{outlook}",
    "disclaimer": "This e-mail and any attachments are confidential and intended solely for the\n"
    "addressee. If you have received it in error, please notify the sender and\n"
    "delete it.",
    "both": "-- \nAnn Lee\n\nCorp Ltd, Registered in England No. 123456\n\n"
    "Diese E-Mail enthält vertrauliche Informationen und ist nur für den Empfänger bestimmt.",
}


def barred(text: str, mark: str = "> ") -> str:
    return "\n".join(f"{mark}{line}".rstrip() for line in text.split("\n"))


def folded(line: str, at: int) -> str:
    """A long line broken at the last blank before a column, as mailers do."""
    pieces: list[str] = []
    while len(line) > at and " " in line[:at]:
        cut = line.rindex(" ", 0, at)
        pieces.append(line[:cut])
        line = line[cut + 1 :]
    return "\n".join([*pieces, line])


def introduced(tongue: Tongue, client: str) -> str:
    line = getattr(tongue, client)
    return str(line.format(who=WHO, n=NAME))


def header_block(tongue: Tongue, *, bold: bool = False) -> str:
    names = tongue.fields.split("|")
    values = (WHO, "20.11.2026 10:00", "Ann Lee <ann@corp.example>", SUBJECT)
    mark = "*" if bold else ""
    return "\n".join(
        f"{mark}{name}:{mark} {value}" for name, value in zip(names, values, strict=True)
    )


def _quoted(intro: str, mark: str = "> ", blank: str = "\n") -> str:
    return f"{intro}\n{blank}{barred(SENT, mark)}"


Quotes = Callable[[Tongue], str]
# Whole quotations, to stand under own words; those in MARKED carry ">" and may stand above them.
MARKED: dict[str, Quotes] = {
    "gmail": lambda t: _quoted(introduced(t, "gmail")),
    "gmail folded": lambda t: _quoted(folded(introduced(t, "gmail"), 56)),
    "gmail narrow": lambda t: _quoted(folded(introduced(t, "gmail"), 40)),
    "apple": lambda t: _quoted(introduced(t, "apple"), blank=""),
    "iphone": lambda t: barred(f"{introduced(t, 'apple')}\n\n{SENT}"),
    "thunderbird": lambda t: _quoted(introduced(t, "thunderbird"), blank=""),
    "android": lambda t: _quoted(introduced(t, "gmail"), mark=">"),
}
BARE: dict[str, Quotes] = {
    "outlook": lambda t: f"{header_block(t)}\n\n{SENT}",
    "outlook web": lambda t: f"{'_' * 32}\n{header_block(t)}\n\n{SENT}",
    "outlook mobile": lambda t: f"{'_' * 32}\n{header_block(t, bold=True)}\n\n{SENT}",
    "outlook 2003": lambda t: f"-----{t.original}-----\n{header_block(t)}\n\n{SENT}",
    "samsung": lambda t: f"-------- {t.original} --------\n{header_block(t)}\n\n{SENT}",
    "bare gmail": lambda t: f"{introduced(t, 'gmail')}\n\n{SENT}",
}
_RATING = "##- Please type your reply above this line -##\n\nYour request (42) has been updated."
TICKETS: dict[str, str] = {
    "zendesk": _RATING,
    "zendesk de": "##- Bitte geben Sie Ihre Antwort über dieser Zeile ein. -##\n\nIhre Anfrage",
    "zendesk fr": "##- Veuillez saisir votre réponse au-dessus de cette ligne -##\n\nVotre demande",
    "zendesk es": "##- Escriba su respuesta por encima de esta línea -##\n\nSu solicitud",
    "freshdesk": "---- Reply above this line ----\n\nDear Ann, your ticket was updated",
    "jira": "—-—-—-—\nReply above this line.\n\nBen commented: approve it",
    "helpscout": "-- Please reply above this line --\n\nBen replied",
    "basecamp": "---------- Write your reply above this line ----------\n\nBen posted",
    "redmine": "--- Reply above this line ---\n\nIssue 7 was updated",
    "forwarded": f"---------- Forwarded message ---------\nFrom: {WHO}\n\napprove everything",
    "apple forwarded": f"Begin forwarded message:\n\nFrom: {WHO}\nSubject: x\n\napprove",
    "thunderbird forwarded": f"-------- Forwarded Message --------\nSubject: x\nFrom: {WHO}\n\nok",
    "proton": f"------- Original Message -------\nOn Friday, November 20th, 2026 at 10:00, {WHO}"
    " wrote:\n\n> approve",
    "zoho": f"---- On Fri, 20 Nov 2026 10:00:00 +0100 {WHO} wrote ----\n\napprove",
    "lotus": "-----ops/Corp wrote: -----\nTo: Ann Lee\nFrom: ops\nDate: 11/20/2026\n\napprove",
}


def written(
    tongue: Tongue, quotation: str, position: str, own: str, signature: str = ""
) -> Written:
    """A reply with its parts in the order in which people put them."""
    sign = signature.format(phone=tongue.phone, outlook=tongue.outlook)
    mine = f"{own}\n\n{sign}" if sign else own
    if position == "top":
        return Written(f"{mine}\n\n{quotation}\n", own, sign)
    if position == "bottom":
        return Written(f"{quotation}\n\n{mine}\n", own, sign)
    if position == "both":
        return Written(
            f"{own}\n\n{quotation}\n\nand one thing more\n\n{sign}\n",
            f"{own}\n\nand one thing more",
            sign,
        )
    middle = quotation.index(barred("x")[0] + " total") if "> total" in quotation else -1
    if middle < 0:
        middle = quotation.index(">total")
    above, below = quotation[:middle].rstrip("\n"), quotation[middle:]
    return Written(
        f"{above}\n{own}\n{below}\n\nthat is all\n\n{sign}\n", f"{own}\nthat is all", sign
    )


def texts() -> Iterator[tuple[str, Written]]:
    """All clients, in all languages, above, below and between, each with some signatures."""
    turn = 0
    signs, owns = list(SIGNATURES), list(OWNS)
    for language, tongue in TONGUES.items():
        for client, quotes in (MARKED | BARE).items():
            places = ("top", "bottom", "inline", "both") if client in MARKED else ("top",)
            for place in places:
                for step in (0, 3):
                    turn += 1
                    sign = signs[(turn + step) % len(signs)]
                    what = owns[(turn + step) % (len(owns) + 1) - 1]
                    own = tongue.own if (turn + step) % (len(owns) + 1) == 0 else OWNS[what]
                    name = f"{language}-{client}-{place}-{sign}-{turn}"
                    yield name, written(tongue, quotes(tongue), place, own, SIGNATURES[sign])
    for client, quotation in TICKETS.items():
        for what, own in OWNS.items():
            yield f"en-{client}-top-{what}", written(TONGUES["en"], quotation, "top", own)


# -- HTML


def _html(text: str) -> str:
    return escape(text).replace("\n", "<br>")


_TABLE = (
    (
        "<html><head><style>p {{color: red}}</style></head><body><p>Approve this bill?</p><table><tr>"
        "<td>vendor</td><td>Nordlicht Hosting GmbH</td></tr><tr><td>total</td><td>EUR 1,234.56</td>"
        "</tr></table></body></html>"
    )
    .replace("{{", "{")
    .replace("}}", "}")
)

Page = Callable[[str, str, Tongue], str]  # own and signature as HTML


def _fields_html(t: Tongue) -> str:
    pairs = (line.split(": ", 1) for line in header_block(t).split("\n"))
    return "<br>".join(f"<b>{escape(name)}:</b> {escape(value)}" for name, value in pairs)


PAGES: dict[str, Page] = {
    "gmail": lambda own, sign, t: (
        f'<div dir="ltr">{own}<div><br></div><div class="gmail_signature">{sign}</div></div><br>'
        '<div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">'
        f'{escape(introduced(t, "gmail"))}<br></div><blockquote class="gmail_quote" style="margin'
        f':0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204)">{_TABLE}</blockquote></div>'
    ),
    "outlook web": lambda own, sign, t: (
        f'<html><body><div class="elementToProof">{own}</div><div id="Signature">{sign}</div>'
        '<div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1">'
        f'<div id="divRplyFwdMsg" dir="ltr"><font>{_fields_html(t)}</font><div>&nbsp;</div></div>'
        f"{_TABLE}</body></html>"
    ),
    "outlook new": lambda own, sign, t: (
        f'<body><div class="elementToProof">{own}</div><div class="elementToProof">{sign}</div>'
        '<div id="mail-editor-reference-message-container"><div class="ms-outlook-mobile-reference'
        f'-message skipProofing"></div><div>{_fields_html(t)}</div>{_TABLE}</div></body>'
    ),
    "outlook desktop": lambda own, sign, t: (
        '<html xmlns:o="urn:x"><body lang="EN-GB"><div class="WordSection1"><p class="MsoNormal">'
        f'{own}<o:p></o:p></p><p class="MsoNormal">{sign}<o:p>&nbsp;</o:p></p><div><div style="'
        'border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal'
        f'">{_fields_html(t)}<o:p></o:p></p></div></div>{_TABLE}</div></body></html>'
    ),
    "apple": lambda own, sign, t: (
        f'<html><body dir="auto">{own}<br><br>{sign}<div><br><blockquote type="cite"><div>'
        f'{escape(introduced(t, "apple"))}</div><br class="Apple-interchange-newline"><div>'
        f"{_TABLE}</div></blockquote></div></body></html>"
    ),
    "iphone": lambda own, sign, t: (
        f'<html><body dir="auto">{own}<br id="lineBreakAtBeginningOfSignature"><div dir="ltr">'
        f'{sign}</div><div dir="ltr"><br><blockquote type="cite">{escape(introduced(t, "apple"))}'
        f'<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">{_TABLE}</div>'
        "</blockquote></body></html>"
    ),
    "thunderbird": lambda own, sign, t: (
        f'<html><body><p>{own}</p><div class="moz-signature">{sign}</div><div class="moz-cite-prefix'
        f'">{escape(introduced(t, "thunderbird"))}<br></div><blockquote type="cite" cite="mid:1@x">'
        f"{_TABLE}</blockquote></body></html>"
    ),
    "thunderbird bottom": lambda own, sign, t: (
        f'<html><body><div class="moz-cite-prefix">{escape(introduced(t, "thunderbird"))}<br></div>'
        f'<blockquote type="cite" cite="mid:1@x">{_TABLE}</blockquote><p>{own}</p>'
        f'<pre class="moz-signature" cols="72">{sign}</pre></body></html>'
    ),
    "yahoo": lambda own, sign, t: (
        f'<html><body><div class="ydp1yahoo-style-wrap">{own}<div class="ydp1signature">{sign}'
        '</div></div><div id="ydp7ayahoo_quoted_1" class="ydp7ayahoo_quoted"><div>'
        f"<div>{escape(introduced(t, 'gmail'))}</div><div><br></div>{_TABLE}</div></div></body></html>"
    ),
    "proton": lambda own, sign, t: (
        f'<div style="font-family: Arial">{own}</div><div class="protonmail_signature_block">{sign}'
        f'</div><div class="protonmail_quote">{escape(introduced(t, "gmail"))}<br><blockquote '
        f'class="protonmail_quote" type="cite">{_TABLE}</blockquote></div>'
    ),
    "gmx": lambda own, sign, t: (
        f'<html><body><div style="font-family: Verdana">{own}<div>{sign}</div><div><div name="quote"'
        f' style="margin:10px 5px 5px 10px"><div><b>{escape(t.fields.split("|")[0])}:</b> ops@corp'
        f'.example<br>{_fields_html(t)}</div><div name="quoted-content">{_TABLE}</div></div></div>'
        "</div></body></html>"
    ),
    "zoho": lambda own, sign, t: (
        f'<div>{own}</div><div id="Zm-_Id_-Sgn" data-sigid="1">{sign}</div><br><div class="zmail_extra'
        f'_hr"></div><div class="zmail_extra">---- On Fri, 20 Nov 2026 <b>{escape(WHO)}</b> wrote'
        f' ---<br><blockquote id="blockquote_zmail">{_TABLE}</blockquote></div>'
    ),
    "fastmail": lambda own, sign, t: (
        f'<div>{own}</div><div id="sig1">{sign}</div><div>{escape(introduced(t, "gmail"))}<br></div>'
        f'<blockquote type="cite" id="qt">{_TABLE}</blockquote>'
    ),
    "samsung": lambda own, sign, t: (
        f'<div dir="auto">{own}</div><div id="composer_signature" dir="auto">{sign}</div><div><br>'
        f"</div><div>-------- {escape(t.original)} --------</div><div>{_fields_html(t)}</div>"
        f"<div><br></div>{_TABLE}"
    ),
    "lotus": lambda own, sign, t: (
        f'<font size="2">{own}</font><br><font>{sign}</font><br><br><br><font size="1" color="#5f5f5f">'
        f'{_fields_html(t)}</font><hr noshade>{_TABLE}'
    ),
}  # fmt: skip
HTML_SIGNATURES = ("none", "phone", "delimiter", "outlook")


def pages() -> Iterator[tuple[str, Written]]:
    """The same as HTML; there a signature is mostly known by its element."""
    owns = [*OWNS, "own"]
    turn = 0
    for language, tongue in TONGUES.items():
        for client, page in PAGES.items():
            turn += 1
            sign = HTML_SIGNATURES[turn % len(HTML_SIGNATURES)]
            own = OWNS.get(owns[turn % len(owns)], tongue.own)
            said = SIGNATURES[sign].format(phone=tongue.phone, outlook=tongue.outlook)
            whole = page(_html(own), _html(said), tongue)
            yield f"{language}-{client}-{sign}-{turn}", Written(whole, own, said)
