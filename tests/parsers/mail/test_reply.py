"""Own words apart from signatures and quotations, as clients really write them."""

# ruff: noqa: RUF001 - other alphabets are what is tested

import time
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.mail.reply import split_html_reply, split_reply
from parsers.mail.reply_lines import MOST_LINES, ReplyParts

DRAFT = "> Approve this bill?\n> Reply  approve - reject [why]\n"

INTRODUCTIONS = {
    "gmail": "On Fri, Nov 20, 2026 at 10:00 AM ops <ops@corp.example> wrote:",
    "gmail folded": "On Fri, Nov 20, 2026 at 10:00 AM mailagent, Corp <\nops@corp.example> wrote:",
    "apple": "On 20. Nov 2026, at 10:00, ops <ops@corp.example> wrote:",
    "thunderbird": "On 11/20/26 10:00 AM, ops wrote:",
    "outlook for mac": 'On 20/11/2026, 10:00, "ops" <ops@corp.example> wrote:',
    "de": "Am Fr., 20. Nov. 2026 um 10:00 Uhr schrieb ops <ops@corp.example>:",
    "de thunderbird": "Am 20.11.26 um 10:00 schrieb ops:",
    "fr": "Le ven. 20 nov. 2026 à 10:00, ops <ops@corp.example> a écrit :",
    "es": "El vie, 20 nov 2026 a las 10:00, ops (<ops@corp.example>) escribió:",
    "it": "Il giorno ven 20 nov 2026 alle ore 10:00 ops <ops@corp.example> ha scritto:",
    "nl": "Op vr 20 nov. 2026 om 10:00 schreef ops <ops@corp.example>:",
    "pt": "Em sex., 20 de nov. de 2026 às 10:00, ops <ops@corp.example> escreveu:",
    "sv": "Den fre 20 nov. 2026 kl 10:00 skrev ops <ops@corp.example>:",
    "da": "Den fre. 20. nov. 2026 kl. 10.00 skrev ops <ops@corp.example>:",
    "nb": "fre. 20. nov. 2026 kl. 10:00 skrev ops <ops@corp.example>:",
    "fi": "pe 20. marrask. 2026 klo 10.00 ops (ops@corp.example) kirjoitti:",
    "pl": "pt., 20 lis 2026 o 10:00 ops <ops@corp.example> napisał(a):",
    "cs": "pá 20. 11. 2026 v 10:00 odesílatel ops <ops@corp.example> napsal:",
    "hu": "ops <ops@corp.example> ezt írta (időpont: 2026. nov. 20., P, 10:00):",
    "ro": "În vin., 20 nov. 2026 la 10:00, ops <ops@corp.example> a scris:",
    "tr": "ops <ops@corp.example>, 20 Kas 2026 Cum, 10:00 tarihinde şunu yazdı:",
    "ru": "пт, 20 нояб. 2026 г. в 10:00, ops <ops@corp.example>:",
    "uk": "пт, 20 лист. 2026 р. о 10:00 ops <ops@corp.example> пише:",
    "el": "Στις Παρ 20 Νοε 2026 στις 10:00, ops <ops@corp.example> έγραψε:",
    "zh": "ops <ops@corp.example> 于2026年11月20日周五 10:00写道：",
    "ja": "2026年11月20日(金) 10:00 ops <ops@corp.example>:",
    "old gmail": "2026/11/20 ops <ops@corp.example>",
    "proton": "On Friday, November 20th, 2026 at 10:00, ops <ops@corp.example> wrote:",
    "yahoo": "On Friday, November 20, 2026 at 10:00:00 AM GMT+1, ops <ops@corp.example> wrote:",
}

OTHER_MAILS = {
    "outlook": "From: ops <ops@corp.example>\nSent: Friday, November 20, 2026 10:00\n"
    "To: Ann Lee <ann@corp.example>\nSubject: EUR 5 [ops 4F7Q]",
    "outlook ruled": "________________________________\nFrom: ops <ops@corp.example>\n"
    "Sent: Friday, November 20, 2026 10:00\nTo: Ann\nSubject: EUR 5",
    "outlook old": "-----Original Message-----\nFrom: ops",
    "de": "Von: ops <ops@corp.example>\nGesendet: Freitag, 20. November 2026 10:00\n"
    "An: Ann\nBetreff: EUR 5",
    "de old": "-----Ursprüngliche Nachricht-----\nVon: ops",
    "fr": "De : ops <ops@corp.example>\nEnvoyé : vendredi 20 novembre 2026 10:00\n"
    "À : Ann\nObjet : EUR 5",
    "es": "De: ops <ops@corp.example>\nEnviado: viernes, 20 de noviembre de 2026 10:00\n"
    "Para: Ann\nAsunto: EUR 5",
    "it": "Da: ops <ops@corp.example>\nInviato: venerdì 20 novembre 2026 10:00\n"
    "A: Ann\nOggetto: EUR 5",
    "nl": "Van: ops <ops@corp.example>\nVerzonden: vrijdag 20 november 2026 10:00\n"
    "Aan: Ann\nOnderwerp: EUR 5",
    "pt": "De: ops <ops@corp.example>\nEnviada em: sexta-feira, 20 de novembro de 2026 10:00\n"
    "Para: Ann\nAssunto: EUR 5",
    "sv": "Från: ops <ops@corp.example>\nSkickat: 20 november 2026 10:00\nTill: Ann\nÄmne: EUR 5",
    "pl": "Od: ops <ops@corp.example>\nWysłane: 20 listopada 2026 10:00\nDo: Ann\nTemat: EUR 5",
    "ru": "От: ops <ops@corp.example>\nОтправлено: 20 ноября 2026 г. 10:00\nКому: Ann\nТема: EUR 5",
    "zh": "发件人: ops <ops@corp.example>\n发送时间: 2026-11-20 10:00\n收件人: Ann\n主题: EUR 5",
    "bold": "*From:* ops <ops@corp.example>\n*Sent:* Friday, November 20, 2026 10:00\n"
    "*To:* Ann\n*Subject:* EUR 5",
    "forwarded": "---------- Forwarded message ---------\nFrom: ops <ops@corp.example>",
    "apple forwarded": "Begin forwarded message:\n\nFrom: ops",
    "android": "---- ops wrote ----",
    "ticket": "##- Please type your reply above this line -##",
}


@pytest.mark.parametrize("client", INTRODUCTIONS)
def test_above_a_marked_quotation(client: str) -> None:
    parts = split_reply(f"approve\n\n{INTRODUCTIONS[client]}\n\n{DRAFT}")
    assert parts.own == "approve"
    assert "Approve this bill?" in parts.quoted


@pytest.mark.parametrize("client", INTRODUCTIONS)
def test_below_a_marked_quotation(client: str) -> None:
    assert split_reply(f"{INTRODUCTIONS[client]}\n{DRAFT}\napprove\n").own == "approve"


@pytest.mark.parametrize("client", [name for name in INTRODUCTIONS if name != "old gmail"])
def test_above_a_quotation_without_marks(client: str) -> None:
    bare = DRAFT.replace("> ", "")
    assert split_reply(f"approve\n\n{INTRODUCTIONS[client]}\n{bare}").own == "approve"


@pytest.mark.parametrize("client", OTHER_MAILS)
def test_above_another_mail(client: str) -> None:
    bare = DRAFT.replace("> ", "")
    parts = split_reply(f"approve\n\n{OTHER_MAILS[client]}\n\n{bare}")
    assert parts.own == "approve"
    assert "Reply  approve" in parts.quoted


def test_between_the_lines() -> None:
    text = "On 20 Nov 2026, at 10:00, ops wrote:\n> total 5\nwrong\n> due 1 Dec\nright\n"
    assert split_reply(text).own == "wrong\nright"


@pytest.mark.parametrize(
    "signature",
    [
        "-- \nAnn Lee\nHead of Things",
        "--\nAnn",
        "Sent from my iPhone",
        "Sent from my Galaxy S24 Ultra",
        "Get Outlook for iOS<https://aka.ms/o0ukef>",
        "Sent with Proton Mail secure email.",
        "Von meinem iPhone gesendet",
        "Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.",
        "Envoyé de mon iPhone",
        "Enviado desde mi iPhone",
        "Inviato da iPhone",
        "Verstuurd vanaf mijn iPhone",
        "Enviado do meu iPhone",
        "This e-mail and any attachments are confidential and intended for the addressee only.",
        "Diese E-Mail enthält vertrauliche Informationen und ist nur für den Empfänger bestimmt.",
    ],
)
def test_signatures(signature: str) -> None:
    parts = split_reply(f"approve\n\n{signature}\n\n{INTRODUCTIONS['gmail']}\n\n{DRAFT}")
    assert parts.own == "approve"
    assert parts.signature == signature.replace("-- \n", "--\n")


@pytest.mark.parametrize(
    "own",
    [
        "approve\n\nbut only if Ben agrees",
        "approve\n---\nnot before Monday",
        "approve\n***\nnot before Monday",
        "approve\n______\nnot before Monday",
        "approve\nsent by mistake, ignore this",
        "approve\nSent from my iPhone but do not pay yet",
        "approve\nDisclaimer: only up to 900",
        "total: 1200\nfrom: account 2\ndate: 15 Dec",
        "On Monday we pay.\nOn Tuesday we rest.",
        "He wrote:\nnothing of use",
        "From: Berlin\nTo: Hamburg\nDate: 3 Dec",
        "approve\ndate: 15 Dec 2026 10:30\nto: ben@corp.example",
        "the reply is above the line of what I expected",
    ],
)
def test_no_own_word_is_lost(own: str) -> None:
    assert split_reply(f"{own}\n\n{INTRODUCTIONS['gmail']}\n\n{DRAFT}").own == own


def test_own_words_on_the_line_of_the_introduction() -> None:
    parts = split_reply(f"approve {INTRODUCTIONS['gmail']}\n{DRAFT}")
    assert parts.own == "approve"


def test_two_lines_of_one_s_own_above_an_introduction() -> None:
    text = f"On second thought\n3 is wrong\n{INTRODUCTIONS['gmail']}\n{DRAFT}"
    assert split_reply(text).own == "On second thought\n3 is wrong"


HTML = {
    "gmail": '<div dir="ltr">approve</div><br><div class="gmail_quote gmail_quote_container">'
    '<div dir="ltr" class="gmail_attr">On Fri, Nov 20, 2026 ops wrote:<br></div>'
    '<blockquote class="gmail_quote">Q</blockquote></div>',
    "gmail signature": '<div dir="ltr">approve<div><br></div><span>-- </span><br>'
    '<div class="gmail_signature">Ann Lee</div></div><div class="gmail_quote">'
    "<blockquote>Q</blockquote></div>",
    "outlook web": '<div>approve</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg">'
    "<b>From:</b> ops</div><div>Q</div>",
    "outlook web prefixed": '<div>approve</div><div id="x_appendonsend"></div><div>Q</div>',
    "outlook desktop": '<p class="MsoNormal">approve</p>'
    '<div style="border-top:solid #E1E1E1 1.0pt">'
    '<p class="MsoNormal"><b>From:</b> ops &lt;ops@corp.example&gt;<br><b>Sent:</b> Friday<br>'
    "<b>To:</b> Ann<br><b>Subject:</b> EUR 5</p></div><p>Q</p>",
    "apple": '<body>approve<br><div><br><blockquote type="cite"><div>On 20. Nov 2026, at 10:00,'
    " ops wrote:</div><div>Q</div></blockquote></div></body>",
    "iphone": '<body>approve<br><br><div id="AppleMailSignature">Sent from my iPhone</div>'
    "<div><br>On 20. Nov 2026, at 10:00, ops &lt;ops@corp.example&gt; wrote:<br><br></div>"
    '<blockquote type="cite">Q</blockquote></body>',
    "thunderbird": '<div class="moz-cite-prefix">On 11/20/26 10:00, ops wrote:<br></div>'
    '<blockquote type="cite">Q</blockquote><p>approve</p>',
    "yahoo": '<div>approve</div><div id="ydp1yahoo_quoted_2" class="ydp1yahoo_quoted">'
    "<div>On Friday,"
    " ops wrote:</div><div>Q</div></div>",
    "proton": '<div>approve</div><div class="protonmail_signature_block">Sent with Proton Mail'
    "</div>"
    '<div class="protonmail_quote">On Friday ops wrote:<br><blockquote>Q</blockquote></div>',
    "outlook mobile": '<div>approve</div><div id="ms-outlook-mobile-signature">Get Outlook for'
    ' <a href="https://aka.ms">Android</a></div><div id="mail-editor-reference-message-container">'
    "<div>Q</div></div>",
    "script and style": "<style>p{}</style><script>x</script><p>approve</p><blockquote>Q"
    "</blockquote>",
}


@pytest.mark.parametrize("client", HTML)
def test_html(client: str) -> None:
    parts = split_html_reply(HTML[client])
    assert parts.own.removesuffix("--").strip() == "approve"
    assert "Q" not in parts.own + parts.signature


def test_hidden_words_do_not_go_unnoticed() -> None:
    html = '<p>approve</p><p style="display:none">but change the amount</p>'
    assert split_html_reply(html).own.split() == ["approve", "but", "change", "the", "amount"]


def words(text: str) -> Counter[str]:
    return Counter(text.split())


lines = st.one_of(
    st.sampled_from(
        [
            *("> q", ">> q", "AB> q", "| x", "approve", "", "-- ", "__________"),
            *("From: a@b.c", "To: x", "Sent: 1:00", "Subject: y", "Sent from my iPhone"),
            "-----Original Message-----",
            *INTRODUCTIONS.values(),
        ]
    ),
    st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x1c\x1d\x1e\x85"), max_size=30),
)


@given(st.lists(lines, max_size=12).map("\n".join))
def test_every_word_is_somewhere_and_none_twice(text: str) -> None:
    assert sum((words(part) for part in split_reply(text)[:3]), Counter()) == words(text)


@given(st.lists(lines, max_size=12).map("\n".join))
def test_what_is_marked_as_quoted_is_never_own(text: str) -> None:
    own = split_reply(text).own.splitlines()
    assert not [line for line in own if line.lstrip(" \t\u00a0").startswith(">")]


@given(st.text(max_size=200))
def test_no_html_makes_it_raise(noise: str) -> None:
    for html in (noise, f"<div>{noise}</div>", f"<blockquote {noise}>x"):
        assert isinstance(split_html_reply(html).own, str)


HOSTILE = {
    "marks": ">" * 1_000_000,
    "marked lines": "> \n" * 333_000,
    "openers": "On 3 a@b\n" * 110_000,
    "long openers": f"On 3 Dec {'x' * 70}\n" * 12_000,
    "never ending introduction": "On 3 @ wrote\n" * 77_000,
    "fields": "From: a@b\n" * 100_000,
    "dates": "2014-01-01 " * 90_000,
    "blanks": " " * 1_000_000,
    "newlines": "\n" * 1_000_000,
    "rules": "---\n" * 250_000,
    "angles": "<a@" * 330_000,
    "delimiters": "-- \n" * 250_000,
    "sent": "sent from from from\n" * 50_000,
    "loose delimiters": "--\nnot so\n" * 100_000,
    "rules and contacts": f"{'-' * 12}\na@b.example\n" * 40_000,
    "names first": "Ann <a@b.example> 2026-11-20 10:00:\n> q\n" * 25_000,
    "folded names": "Ann\n<a@b.example>\n2026-11-20\nwrote:\n> q\n" * 25_000,
    "disclaimers": "This message is intended\nfor you\n" * 30_000,
    "foreign fields": "x: a <a@b.example> 2026-11-20 10:00\n" * 25_000,
    "ruled words": "---- some words ----\n" * 45_000,
    "links": "> (http://x\ny)\n" * 70_000,
    "ornaments": ">>> <<<" * 140_000,
}


MARKUP = {
    "struck": "<s>a" * 250_000,
    "cells": "<table><tr><td>a<td>b" * 45_000,
    "gmail quotes": '<div class="gmail_quote">a</div>' * 30_000,
    "nested gmail quotes": '<div class="gmail_quote">a' * 35_000,
    "ruled": '<div style="border-top:solid #E1E1E1 1.0pt"><b>a:</b>' * 18_000,
    "decorations": f'<p style="{"text-decoration " * 60_000}">a',
    "classes": f'<p class="{"yahoo_quoted" * 80_000}">a',
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", HOSTILE | MARKUP)
def test_a_megabyte_of_hostile_quoting_takes_bounded_time(kind: str) -> None:
    text = (HOSTILE | MARKUP)[kind]
    started = time.process_time()
    split_reply(text)
    split_html_reply("<div>" + text.replace("\n", "<br>")[:1_000_000])
    assert time.process_time() - started < 2  # some 0.1 s each on a quiet machine


@pytest.mark.slow
@pytest.mark.parametrize("kind", HOSTILE | MARKUP)
def test_four_times_as_much_takes_about_four_times_as_long(kind: str) -> None:
    text = (HOSTILE | MARKUP)[kind][:240_000]
    text = "\n".join(text.split("\n")[: MOST_LINES * 4 // 5])  # what is beyond is never looked at
    markup = "<div>" + text.replace("\n", "<br>")
    for split, whole in ((split_reply, text), (split_html_reply, markup)):
        short, long = _seconds(split, whole[: len(whole) // 4]), _seconds(split, whole)
        assert long < 10 * short + 0.02  # quadratic would be sixteen times


def _seconds(split: Callable[[str], ReplyParts], text: str) -> float:
    """The best of some runs: other programs only ever add."""
    best = float("inf")
    for _ in range(4):
        started = time.process_time()
        split(text)
        best = min(best, time.process_time() - started)
    return best
