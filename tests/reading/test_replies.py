"""Words where none are read: below a signature, in a quotation, struck out, in a second part.

What may change an answer is never passed over, and what is no word of the person's own, as the
signatures of many firms, does not stand in the way of one.
"""

# ruff: noqa: E501, ISC004 - signatures are easier to read in one piece

from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from typing import Any

import pytest

from mailagent.core.message import Arrival, Place
from mailagent.reading.replies import heard
from parsers.mail.reply_facts import reply_facts
from tests.language.clients import CLIENTS
from tests.language.suite import AT, sent, verbs

WROTE = "On Mon, 30 Nov 2026 at 09:15, mailagent for Acme <ops@acme.example> wrote:"
HEAD = (
    "From: mailagent for Acme <ops@acme.example>\nSent: Monday, 30 November 2026 09:15\n"
    "To: Ann Lee <ann@acme.example>\nSubject: EUR 1,234.56 Nordlicht Hosting [ops 4F7Q]"
)
SENT = sent("bill").text


def mail(text: str = "", html: str = "", *more: str, name: str = "") -> bytes:
    letter = EmailMessage(policy=SMTP)
    letter["From"] = "Ann Lee <ann@acme.example>"
    letter["To"] = "ops@acme.example"
    letter["Subject"] = "Re: EUR 1,234.56 Nordlicht Hosting [ops 4F7Q]"
    letter["Date"] = "Mon, 30 Nov 2026 11:00:00 +0000"
    letter["Message-ID"] = "<r1@acme.example>"
    if text:
        letter.set_content(text)
    if html and text:
        letter.add_alternative(html, subtype="html")
    elif html:
        letter.set_content(html, subtype="html")
    for piece in more:
        letter.add_attachment(piece, disposition="inline", filename=name or None)
    return letter.as_bytes()


def said(raw: bytes) -> dict[str, Any]:
    place = Place(folder="INBOX", uidvalidity=1, uid=1)
    reply = reply_facts(Arrival(place=place, raw=raw, received_at=AT))
    return heard(reply, sent("bill"), AT, verbs())


def decision(raw: bytes) -> str:
    return str(said(raw)["decision"])


CHANGES = (
    "make it 900",
    "but not before Monday",
    "total: 900",
    "only if Ben agrees",
    "nicht vor Montag",
    "seulement si Ben est d'accord",
    "due 15 Dec",
    "not 3",
    "reject",
    "later",
    "Wait",
    "pero no antes del lunes",
)
PLACES = {
    "a lone delimiter": "approve\n--\n{}",
    "a long dash": "approve\n\u2014\n{}",
    "a delimiter of a program": "approve\n\n-- \n{}",
    "a signature": "approve\n\n-- \nAnn Lee\nAcme Studio\n\n{}",
    "a lone delimiter with a name": "approve\n--\nAnn Lee\n{}",
    "a disclaimer": "approve\n\nThis message is intended for Ann only.\n{}",
    "a disclaimer, apart": "approve\n\nThis e-mail is confidential and intended for Ann only.\n\n{}",
    "an advertisement": "approve\n\nSent from my iPhone\n{}",
    "an introduction of nothing": f"approve\n\n{WROTE}\n\n{{}}",
    "a header of nothing": f"approve\n\n{HEAD}\n\n{{}}",
    "a separator": "approve\n\n-----Original Message-----\n{}",
    "a quotation": f"approve\n\n{WROTE}\n\n> {SENT.replace(chr(10), chr(10) + '> ')}\n\n{{}}",
    "a quotation without marks": f"approve\n\n{WROTE}\n\n{SENT}\n\n{{}}",
    "a header and a quotation": f"approve\n\n{HEAD}\n\n{SENT}\n\n{{}}",
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("place", PLACES)
def test_a_change_is_never_passed_over(place: str, change: str) -> None:
    text = PLACES[place].format(change)
    for raw in (mail(text), mail("", f"<div>{escape(text).replace(chr(10), '<br>')}</div>")):
        got = said(raw)
        assert got["decision"] != "approve" or (change, got["left_out"]) == ("not 3", [3]), text


def test_a_sentence_below_a_lone_dash_is_own() -> None:
    for words in ("Check with legal", "Ben agrees", "see what he wrote first"):
        assert decision(mail(f"approve\n\u2014\n{words}")) != "approve"


def test_nothing_quoted_but_something_said() -> None:
    assert decision(mail(f"approve\n\n{WROTE}\n\nBen has to agree as well\n")) != "approve"


def test_a_postscript_is_no_signature() -> None:
    assert decision(mail("approve\n-- \nAnn Lee\n\nP.S. Ben agrees to the old one")) != "approve"


@pytest.mark.parametrize(
    "struck",
    [
        "<s>approve</s>",
        "<del>approve</del>",
        "<strike>approve</strike>",
        '<span style="color:red; text-decoration: line-through">approve</span>',
        '<span style="text-decoration-line:line-through">approve</span>',
        "<p><s><b>ap</b>prove</s></p>",
        "<s>reject</s> <s>approve</s>",
    ],
)
@pytest.mark.parametrize("text", ["approve\n", ""])
def test_what_is_struck_out_is_not_said(struck: str, text: str) -> None:
    assert decision(mail(text, f"<div>{struck}</div>")) == "unclear"


@pytest.mark.parametrize("name", ["", "note.txt"])
@pytest.mark.parametrize("more", ["make it 900", "but not before Monday", "Ben has to agree first"])
def test_a_second_text_part_is_own_too(name: str, more: str) -> None:
    quoted = f"approve\n\n{HEAD}\n\n{SENT}\n"
    for first in ("approve\n", quoted):
        assert decision(mail(first, "", f"{more}\n", name=name)) != "approve"
    assert decision(mail("approve\n", "", "\nSent from my iPhone\n", name=name)) == "approve"


def as_page(text: str) -> str:
    """The mail that was sent as a table, as our HTML part has it."""
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(c)}</td>" for c in line.split("  ") if c.strip()) + "</tr>"
        for line in text.split("\n")
    )
    return f"<html><body><table>{rows}</table></body></html>"


PAGES = {
    "gmail": '<div dir="ltr">{}</div><br><div class="gmail_quote"><div class="gmail_attr">'
    + escape(WROTE)
    + "<br></div><blockquote>{}</blockquote></div>",
    "outlook": '<div>{}</div><div id="appendonsend"></div><div id="divRplyFwdMsg">'
    + escape(HEAD).replace("\n", "<br>")
    + "</div>{}",
    "apple": '{}<br><blockquote type="cite"><div>' + escape(WROTE) + "</div>{}</blockquote>",
}


@pytest.mark.parametrize("client", PAGES)
def test_values_changed_in_a_quoted_page_are_seen(client: str) -> None:
    for own in ("", "approve", "see below"):
        changed = as_page(SENT.replace("1,234.56", "900.00"))
        assert decision(mail("", PAGES[client].format(own, changed))) == "edit"
    assert decision(mail("", PAGES[client].format("approve", as_page(SENT)))) == "approve"


SIGNATURES = (
    "signature",
    "Ann",
    "Ann Lee",
    "rick",
    "Ann Lee\nHead of Things\nAcme Studio Ltd",
    "Ann Lee | Acme Studio | +44 20 7946 0000",
    "Ann Lee\nManaging Director\n\nAcme Studio Ltd\n12 High Street, London N1 9XY\n"
    "T +44 20 7946 0000\nM +44 7700 900123\nwww.acme.example",
    "Eva Gro\u00df\nGesch\u00e4ftsf\u00fchrerin\nAcme GmbH\nFriedrichstr. 12, 10115 Berlin\n"
    "Tel. +49 30 1234567\nAmtsgericht Berlin HRB 12345\nUSt-IdNr. DE123456789",
    "Acme Studio Ltd, Registered in England No. 123456",
    "Sitz der Gesellschaft: Berlin\nGesch\u00e4ftsf\u00fchrer: Ann Lee, Ben Ode",
    "Marie Dupont\nDirectrice g\u00e9n\u00e9rale\n12, rue de la Paix, 75002 Paris\nT\u00e9l. +33 1 23 45 67 89",
    "Luc\u00eda G\u00f3mez\nDirectora de Operaciones\nTel. +34 91 123 45 67",
    "Giulia Rossi\nAmministratore Delegato\nVia Roma 1, 20100 Milano\nP.IVA 01234567890",
    "Jan de Vries\nDirecteur\nKvK 12345678",
    "Jo\u00e3o Silva\nDiretor Geral\nLisboa, Portugal",
    "Ann\n\nSent from my iPhone",
    '"Make it simple, but not simpler."\nAnn Lee',
    "Ann Lee, CPA\nPartner\nLee & Ode LLP\n1 Main Street, Suite 300\nNew York, NY 10001",
    "Best regards,\nAnn",
    "Follow us on LinkedIn: https://linkedin.example/acme",
    "Ann Lee\nIBAN DE89 3704 0044 0532 0130 00 \u00b7 BIC COBADEFFXXX\nwww.acme.example",
    "Ann Lee\nPronouns: she/her",
)
DISCLAIMERS = (
    "This e-mail and any attachments are confidential and intended solely for the\n"
    "addressee. If you have received it in error, please notify the sender and\ndelete it.",
    "This message is intended only for the use of the individual or entity to which it is addressed."
    " If you are not the intended recipient, any use, dissemination or copying is prohibited.",
    "CONFIDENTIALITY NOTICE: The contents of this email message are intended solely for the\n"
    "addressee(s) and may contain confidential and/or privileged information. If you\n"
    "are not the intended recipient, please notify the sender immediately by reply\n"
    "e-mail and then delete this message and any attachments.",
    "Diese E-Mail enth\u00e4lt vertrauliche und/oder rechtlich gesch\u00fctzte Informationen. Wenn Sie nicht\n"
    "der richtige Adressat sind oder diese E-Mail irrt\u00fcmlich erhalten haben, informieren Sie\n"
    "bitte sofort den Absender und vernichten Sie diese E-Mail.",
    "Ce message et toutes les pi\u00e8ces jointes sont confidentiels et \u00e9tablis \u00e0 l'intention exclusive\n"
    "de ses destinataires. Si vous avez re\u00e7u ce message par erreur, merci de le d\u00e9truire.",
    "Este mensaje y sus archivos adjuntos son confidenciales y van dirigidos exclusivamente a su\n"
    "destinatario. Si lo ha recibido por error, le rogamos que lo elimine.",
    "Questo messaggio contiene informazioni riservate ed \u00e8 destinato esclusivamente al destinatario.",
    "Dit bericht is uitsluitend bestemd voor de geadresseerde en kan vertrouwelijk zijn.",
    "Esta mensagem \u00e9 confidencial e destina-se exclusivamente ao seu destinat\u00e1rio.",
    "Please consider the environment before printing this e-mail.",
)


@pytest.mark.slow
@pytest.mark.parametrize("client", ["gmail", "outlook_web", "bottom", "phone"])
def test_signatures_do_not_stand_in_the_way(client: str) -> None:
    for signature in SIGNATURES:
        for delimiter in ("-- \n", "--\n"):
            own = f"approve\n\n{delimiter}{signature}"
            assert decision(mail(CLIENTS[client](own, SENT))) == "approve", signature


@pytest.mark.slow
@pytest.mark.parametrize("client", ["gmail", "outlook_web", "bottom", "phone"])
def test_disclaimers_do_not_stand_in_the_way(client: str) -> None:
    for disclaimer in DISCLAIMERS:
        own = f"approve\n\n{disclaimer}"
        assert decision(mail(CLIENTS[client](own, SENT))) == "approve", disclaimer
        own = f"approve\n\n-- \nAnn Lee\n\n{disclaimer}"
        assert decision(mail(CLIENTS[client](own, SENT))) == "approve", disclaimer


@pytest.mark.parametrize(
    "block",
    ["Ann Lee\nHead of Things", "Ann Lee,\nAcme Studio Ltd", "ANN LEE\nCEO\n+44 20 7946 0000"],
)
def test_a_block_that_begins_with_the_writer_s_name_is_a_signature(block: str) -> None:
    for head in (f"\n\n{HEAD}\n\n{SENT}", ""):
        assert decision(mail(f"approve\n\n{block}{head}")) == "approve"
    for change in ("Not Monday", "Total 900", "not 3 please", "Wait", "only if Ben agrees"):
        assert decision(mail(f"approve\n\n{block}\n{change}")) != "approve"


@pytest.mark.parametrize(
    "warning",
    [
        "CAUTION: This email originated from outside of the organization.",
        "Do not click links unless you know the sender.",
        "[EXTERNAL] Do not open attachments, if you do not trust this sender!",
        "Vorsicht: externe E-Mail. Keine Links anklicken, wenn der Absender unbekannt ist.",
    ],
)
def test_a_server_s_warning_does_not_stand_in_the_way(warning: str) -> None:
    assert decision(mail(f"approve\n\n{HEAD}\n\n{warning}\n\n{SENT}")) == "approve"
    page = f"<div>{escape(warning)}</div>{as_page(SENT)}"
    assert decision(mail("", PAGES["outlook"].format("approve", page))) == "approve"


def test_a_signature_known_from_the_markup_alone() -> None:
    text = f"approve\n\nAnn Lee\nHead of Things\n\n{HEAD}\n\n{SENT}"
    html = (
        '<div>approve</div><div id="Signature">Ann Lee<br>Head of Things</div>'
        f'<div id="appendonsend"></div>{as_page(SENT)}'
    )
    assert decision(mail(text, html)) == "approve"
    for change in ("Not 3", "total: 900"):
        changed = (part.replace("Head of Things", change) for part in (text, html))
        assert decision(mail(*changed)) != "approve"
