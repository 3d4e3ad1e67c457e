"""Clients and languages that were written down before the code had seen any of them."""

# ruff: noqa: E501, RUF001 - introductions in one piece, in the letters of their languages

import re

import pytest

from parsers.mail.reply import split_html_reply, split_reply

SENT = "Approve this bill? All checks passed.\nReply approve\n\ntotal EUR 5"
QUOTED = "".join(f"> {line}\n" for line in SENT.split("\n"))
OWN = "approve\n\nthe 15th is fine"
W = "Ops <ops@corp.example>"
INTRODUCTIONS = {
    "evolution": "On Fri, 2026-11-20 at 10:00 +0100, Ops wrote:",
    "mutt": "On Fri, Nov 20, 2026 at 10:00:00AM +0100, Ops wrote:",
    "kmail": "Am Freitag, 20. November 2026, 10:00:12 MEZ schrieb Ops:",
    "roundcube": "On 2026-11-20 10:00, Ops wrote:",
    "roundcube de": "Am 2026-11-20 10:00, schrieb Ops:",
    "horde": f"Quoting {W}:",
    "horde de": f"Zitat von {W}:",
    "horde fr": f"{W} a écrit :",
    "horde es": f"Quoting {W}:",
    "spark": f"On 20 Nov 2026, 10:00 +0100, {W}, wrote:",
    "superhuman": "On Fri, Nov 20, 2026 at 10:00 AM, Ops < ops@corp.example > wrote:",
    "bluemail": f"On Nov 20, 2026, at 10:00 AM, {W} wrote:",
    "sk": f"pi 20. 11. 2026 o 10:00 {W} napísal(a):",
    "et": f"Kuupäeval R, 20. november 2026 kell 10:00 kirjutas {W}:",
    "id": f"Pada tanggal Jum, 20 Nov 2026 pukul 10.00 {W} menulis:",
    "th": f"ในวันที่ ศ. 20 พ.ย. 2026 เวลา 10:00 {W} เขียนว่า:",
    "ca": f"Missatge de {W} del dia dv., 20 de nov. 2026 a les 10:00:",
    "lt": f"2026-11-20, pn, 10:00 {W} rašė:",
    "lv": "piektd., 2026. g. 20. nov., plkst. 10:00 — lietotājs Ops (<ops@corp.example>) rakstīja:",
    "sl": f"V V pet., 20. nov. 2026 ob 10:00 je oseba {W} napisala:",
    "sr": f"пет, 20. нов 2026. у 10:00 {W} је написао/ла:",
    "fa": f"در تاریخ جمعه ۲۰ نوامبر ۲۰۲۶،\u200f ۱۰:۰۰ {W} نوشت:",
    "hi": f"शुक्र, 20 नव॰ 2026 को 10:00 बजे {W} ने लिखा:",
    "is": f"Þann fös., 20. nóv. 2026 kl. 10:00 skrifaði {W}:",
    "eu": f"{W} igorleak hau idatzi du (2026 aza. 20, or. (10:00)):",
    "gl": f"O ven., 20 nov. 2026 ás 10:00, {W} escribiu:",
    "af": f"Op Vr. 20 Nov. 2026 om 10:00 het {W} geskryf:",
    "freshdesk": f"On Fri, 20 Nov at 10:00 AM , {W} wrote:",
    "front": f"On November 20, 2026 at 10:00 AM GMT+1, {W} wrote:",
    "hey": f"On November 20, 2026, {W} wrote:",
    "missive": "On November 20, 2026 at 10:00, Ops (ops@corp.example) wrote:",
    "yandex": '20.11.2026, 10:00, "Ops" <ops@corp.example>:',
    "mailru": f"Пятница, 20 ноября 2026, 10:00 +03:00 от {W}:",
    "163": '在 2026-11-20 10:00:00，"Ops" <ops@corp.example> 写道：',
    "163 en": 'At 2026-11-20 10:00:00, "Ops" <ops@corp.example> wrote:',
    "wp": f"Dnia 20 listopada 2026 10:00 {W} napisał(a):",
    "interia": f"W dniu 2026-11-20 10:00:00 użytkownik {W} napisał:",
    "yahoo old": "--- On Fri, 11/20/26, Ops <ops@corp.example> wrote:",
    "eudora": "At 10:00 AM 11/20/2026, Ops wrote:",
    "pine": "On Fri, 20 Nov 2026, Ops wrote:",
    "tb de addr": "Am 20.11.2026 um 10:00 schrieb ops@corp.example:",
    "tb fr": "Le 20/11/2026 à 10:00, ops@corp.example a écrit :",
    "gnus": "Ops <ops@corp.example> writes:",
    "gnus2": ">>>>> On Fri, 20 Nov 2026 10:00:00 +0100, Ops <ops@corp.example> said:",
    "outlook quoted": "> -----Original Message-----\n> From: Ops\n> Sent: Friday",
    "orange": '> Message du 20/11/26 10:00\n> De : "Ops" <ops@corp.example>\n> A : ann@corp.example\n> Objet : x\n>',
}
OTHER_MAILS = {
    "hotmail": "Date: Fri, 20 Nov 2026 10:00:00 +0100\nFrom: ops@corp.example\nTo: ann@corp.example\nSubject: x\n",
    "windows mail": "From: Ops\nSent: Friday, November 20, 2026 10:00 AM\nTo: Ann Lee\nSubject: x\n",
    "aol": "-----Original Message-----\nFrom: Ops <ops@corp.example>\nTo: ann <ann@corp.example>\nSent: Fri, Nov 20, 2026 10:00 am\nSubject: x\n",
    "gmx": 'Gesendet: Freitag, 20. November 2026 um 10:00 Uhr\nVon: "Ops" <ops@corp.example>\nAn: ann@corp.example\nBetreff: x\n',
    "t-online": '-----Original-Nachricht-----\nBetreff: x\nDatum: 2026-11-20T10:00:00+0100\nVon: "Ops" <ops@corp.example>\nAn: "ann@corp.example" <ann@corp.example>\n',
    "zimbra fr": '----- Mail original -----\nDe: "Ops" <ops@corp.example>\nÀ: "Ann" <ann@corp.example>\nEnvoyé: Vendredi 20 Novembre 2026 10:00:00\nObjet: x\n',
    "zimbra": 'From: "Ops" <ops@corp.example>\nTo: "Ann" <ann@corp.example>\nSent: Friday, November 20, 2026 10:00:00 AM\nSubject: x\n',
    "libero": "----Messaggio originale----\nDa: ops@corp.example\nData: 20/11/2026 10.00\nA: <ann@corp.example>\nOgg: x\n",
    "qq": '------------------ 原始邮件 ------------------\n发件人: "Ops" <ops@corp.example>;\n发送时间: 2026年11月20日(星期五) 上午10:00\n收件人: "Ann"<ann@corp.example>;\n主题: x\n',
    "naver": '-----Original Message-----\nFrom: "Ops"<ops@corp.example>\nTo: <ann@corp.example>\nCc: \nSent: 2026-11-20 (금) 10:00:00 (GMT+09:00)\nSubject: x\n',
    "seznam": "---------- Původní e-mail ----------\nOd: Ops <ops@corp.example>\nKomu: ann@corp.example\nDatum: 20. 11. 2026 10:00:00\nPředmět: x\n",
    "mac outlook": "From: Ops <ops@corp.example>\nDate: Friday, 20 November 2026 at 10:00\nTo: Ann Lee <ann@corp.example>\nSubject: x\n",
    "mac outlook fr": "De : Ops <ops@corp.example>\nDate : vendredi, 20 novembre 2026 à 10:00\nÀ : Ann Lee <ann@corp.example>\nObjet : x\n",
    "mac outlook de": "Von: Ops <ops@corp.example>\nDatum: Freitag, 20. November 2026 um 10:00\nAn: Ann Lee <ann@corp.example>\nBetreff: x\n",
    "outlook fi": "Lähettäjä: Ops <ops@corp.example> \nLähetetty: perjantai 20. marraskuuta 2026 10.00\nVastaanottaja: Ann\nAihe: x\n",
    "outlook id": "Dari: Ops <ops@corp.example>\nDikirim: Jumat, 20 November 2026 10:00\nKepada: Ann <ann@corp.example>\nSubjek: x\n",
    "outlook th": "จาก: Ops <ops@corp.example>\nส่ง: วันศุกร์ที่ 20 พฤศจิกายน 2026 10:00\nถึง: Ann <ann@corp.example>\nเรื่อง: x\n",
    "outlook et": "Saatja: Ops <ops@corp.example>\nSaatmisaeg: reede, 20. november 2026 10:00\nAdressaat: Ann <ann@corp.example>\nTeema: x\n",
    "notes": "From:   Ops/Corp\nTo:     Ann Lee/Corp@Corp\nDate:   20/11/2026 10:00\nSubject:        x\n",
    "forwarded tb": "-------- Weitergeleitete Nachricht --------\nBetreff: \tx\nDatum: \tFri, 20 Nov 2026 10:00:00 +0100\nVon: \tOps <ops@corp.example>\nAn: \tann@corp.example\n",
    "proton old": "‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐\nOn Friday, November 20th, 2026 at 10:00, Ops <ops@corp.example> wrote:\n",
    "tutanota": "20. Nov. 2026, 10:00 von ops@corp.example:\n",
    "tutanota en": "Nov 20, 2026, 10:00 by ops@corp.example:\n",
    "samsung": "-------- Original message --------\nFrom: Ops <ops@corp.example> \nDate: 20/11/2026  10:00  (GMT+01:00) \nTo: Ann <ann@corp.example> \nSubject: x \n",
    "samsung es": "-------- Mensaje original --------\nDe: Ops <ops@corp.example> \nFecha: 20/11/26  10:00  (GMT+01:00) \nA: Ann <ann@corp.example> \nAsunto: x \n",
    "huawei": "-------- Originalnachricht --------\nBetreff: x\nVon: Ops \nAn: Ann\nCc: \n",
    "zoho": "---- On Fri, 20 Nov 2026 10:00:00 +0100 Ops <ops@corp.example> wrote ---\n",
    "zendesk": "##- Please type your reply above this line -##\n",
    "jira": "--- Reply above this line ---\n",
    "help scout": "--------- Reply above this line ---------\n",
    "zendesk nl": "##- Typ uw antwoord boven deze regel. -##\n",
    "zendesk it": "##- Scrivi la tua risposta sopra questa riga -##\n",
    "zendesk pt": "##- Por favor, digite sua resposta acima desta linha -##\n",
    "zendesk sv": "##- Skriv ditt svar ovanför den här raden -##\n",
    "freshdesk2": "-------------------- Reply above this line ----------------------\n",
    "teamwork": "//-- Reply above this line --//\n",
    "groove": "~~ Please reply above this line ~~\n",
    "intercom": "## Reply above this line to add a comment ##\n",
    "ms crm": "=-=-= Please reply above this line =-=-=\n",
}
ADVERTS = [
    "",
    "Sent via Superhuman ( https://sprh.mn/?vip=a )",
    "Get BlueMail for Android",
    "Sent from Yahoo Mail for iPhone",
    "Sent from Mail for Windows",
    "Gesendet mit der GMX Mail App",
    "Von meinem/meiner Galaxy gesendet",
    "Envoyé depuis mon smartphone Samsung Galaxy.",
    "Sent from Proton Mail for iOS",
    "Gesendet von Outlook für Android",
    "Enviado desde Outlook para Android",
    "Inviato da Outlook per iOS",
    "Verzonden vanuit Outlook voor Android",
    "Enviado a partir do Outlook para Android",
    "Envoyé à partir de Outlook pour Android",
    "Sent from Outlook for iOS<https://aka.ms/o0ukef>",
    "Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.",
    "Sent from Samsung tablet.",
    "Sent with Spark",
    "Enviado desde mi móvil",
    "Envoyé de mon mobile",
    "Sent from my Verizon, Samsung Galaxy smartphone",
    "Provenance : Courrier pour Windows",
    "Von meinem iPad gesendet",
    "Inviato dal mio iPad",
    "Sent from TypeApp",
    "Yahoo Mail: Search, Organize, Conquer",
    "Sent from Gmail Mobile",
    "Sendt fra Outlook for Android",
    "Wysłano z telefonu",
    "Wysłane z mojego iPhone",
    "Отправлено из мобильной Почты Mail.ru",
    "Отправлено с мобильного устройства",
    "-- \nSent from my phone. Please excuse my brevity.",
    "Envoyé de mon appareil mobile Samsung Galaxy",
    "Skickat från Outlook för iOS",
    "Lähetetty Outlookin Android-sovelluksesta",
]


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("client", INTRODUCTIONS)
@pytest.mark.parametrize(
    "place", ["{own}\n\n{head}\n\n{q}", "{head}\n{q}\n{own}\n", "{own}\n{head}\n{q}"]
)
def test_introductions(client: str, place: str) -> None:
    parts = split_reply(place.format(own=OWN, head=INTRODUCTIONS[client], q=QUOTED))
    assert squeezed(parts.own) == squeezed(OWN)


@pytest.mark.parametrize("client", OTHER_MAILS)
def test_other_mails(client: str) -> None:
    parts = split_reply(f"{OWN}\n\n{OTHER_MAILS[client]}\n{SENT}\n")
    assert squeezed(parts.own) == squeezed(OWN)


@pytest.mark.parametrize("advert", ADVERTS)
def test_adverts(advert: str) -> None:
    parts = split_reply(f"{OWN}\n\n{advert}\n\nOn Fri, 20 Nov 2026, Ops wrote:\n{QUOTED}")
    assert squeezed(parts.own) == squeezed(OWN)
    assert squeezed(parts.signature) == squeezed(advert)


_Q = "<table><tr><td>total</td><td>EUR 5</td></tr></table>"
_I = "On 20 Nov 2026, at 10:00, Ops &lt;ops@corp.example&gt; wrote:"
_H = "<b>From:</b> Ops &lt;ops@corp.example&gt;<br><b>Sent:</b> Friday, November 20, 2026 10:00<br><b>To:</b> Ann<br><b>Subject:</b> x"
_P = "approve<br><br>the 15th is fine"
PAGES = {
    "roundcube": f'<p>{_P}</p><p id="reply-intro">{_I}</p><blockquote type="cite">{_Q}</blockquote>',
    "roundcube below": f'<p id="reply-intro">{_I}</p><blockquote type="cite">{_Q}</blockquote><p>{_P}</p>',
    "yandex": f'<div>{_P}</div><div> </div><div>20.11.2026, 10:00, "Ops" &lt;ops@corp.example&gt;:</div><blockquote>{_Q}</blockquote>',
    "mail.ru": f'<HTML><BODY><div>{_P}</div><br><blockquote style="border-left:1px solid #0857A6">Пятница, 20 ноября 2026, 10:00 +03:00 от Ops:<br><div>{_Q}</div></blockquote></BODY></HTML>',
    "hotmail": f'<body class="hmmessage"><div dir="ltr">{_P}<div><hr id="stopSpelling">Date: Fri, 20 Nov 2026<br>From: ops<br><br>{_Q}</div></div></body>',
    "windows live": f'<div>{_P}</div><div><hr id="EC_stopSpelling">From: ops@corp.example<br>To: ann@corp.example<br>Subject: x<br>Date: Fri, 20 Nov 2026 10:00:00 +0100<br><br>{_Q}</div>',
    "aol": f"<font>{_P}</font><br><br>-----Original Message-----<br>From: Ops &lt;ops@corp.example&gt;<br>To: ann<br>Sent: Fri, Nov 20, 2026 10:00 am<br>Subject: x<br><br><div>{_Q}</div>",
    "zimbra": f'<div>{_P}</div><div><br></div><hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__">{_H}</div><div data-marker="__QUOTED_TEXT__">{_Q}</div>',
    "hey": f'<div class="trix-content"><div>{_P}</div></div><div>On November 20, 2026, Ops &lt;ops@corp.example&gt; wrote:</div><blockquote>{_Q}</blockquote>',
    "spark": f'<div name="messageBodySection"><div dir="auto">{_P}</div></div><div name="messageReplySection">On 20 Nov 2026, 10:00 +0100, Ops &lt;ops@corp.example&gt;, wrote:<br><blockquote type="cite">{_Q}</blockquote></div>',
    "superhuman": f'<div class="sh-body"><div>{_P}</div></div><br><div class="gmail_quote">On Fri, Nov 20, 2026 at 10:00 AM, Ops <span>&lt;<a href="mailto:o@x">ops@corp.example</a>&gt;</span> wrote:<br><blockquote class="gmail_quote">{_Q}</blockquote></div>',
    "k-9": f'<html><body>{_P}<br><br><div class="gmail_quote">Am 20. November 2026 10:00:00 MEZ schrieb Ops &lt;ops@corp.example&gt;:<blockquote class="gmail_quote">{_Q}</blockquote></div></body></html>',
    "evolution": f'<div>{_P}</div><div><br></div><div>On Fri, 2026-11-20 at 10:00 +0100, Ops wrote:</div><blockquote type="cite">{_Q}</blockquote>',
    "outlook 2003": f"<P><FONT>{_P}</FONT></P><BLOCKQUOTE><DIV class=OutlookMessageHeader dir=ltr><HR tabIndex=-1>{_H}<BR></DIV>{_Q}</BLOCKQUOTE>",
    "outlook for mac": f'<div>{_P}</div><div><br></div><span id="OLK_SRC_BODY_SECTION"><div style="border-top: #b5c4df 1pt solid">{_H}</div>{_Q}</span>',
    "outlook ios": f'<div dir="auto">{_P}</div><div dir="auto"><br></div><div id="ms-outlook-mobile-signature">Get Outlook for iOS</div><hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri">{_H}</font></div>{_Q}',
    "windows mail": f'<div>{_P}</div><div style="padding-top: 5px; border-top-color: rgb(229, 229, 229); border-top-width: 1px; border-top-style: solid;"><div><font>{_H}</font></div></div><div>{_Q}</div>',
    "mailspring": f'{_P}<br><div class="gmail_quote_attribution">{_I}</div><blockquote class="gmail_quote">{_Q}</blockquote>',
    "tutanota": f'<div dir="auto">{_P}</div><div dir="auto"><br></div><div>20. Nov. 2026, 10:00 von ops@corp.example:</div><blockquote class="tutanota_quote">{_Q}</blockquote>',
    "naver": f'<div>{_P}</div><div style="border-top:1px solid #bbbbbb;margin:20px 0"><b>From:</b> Ops &lt;ops@corp.example&gt;<br><b>To:</b> ann<br><b>Sent:</b> 2026-11-20 (금) 10:00:00<br><b>Subject:</b> x</div>{_Q}',
    "qq": f'<div>{_P}</div><div><includetail><div>------------------&nbsp;原始邮件&nbsp;------------------</div><div><b>发件人:</b>&nbsp;"Ops";<br><b>发送时间:</b>&nbsp;2026年11月20日<br><b>收件人:</b>&nbsp;Ann<br><b>主题:</b>&nbsp;x</div>{_Q}</includetail></div>',
    "163": f'<div>{_P}</div><div style="zoom:1"></div><div id="divNeteaseMailCard"></div><br>At 2026-11-20 10:00:00, "Ops" &lt;ops@corp.example&gt; wrote:<br><blockquote id="isReplyContent">{_Q}</blockquote>',
    "front": f'<div>{_P}</div><div class="front-signature">Ann Lee</div><br><div class="front-blockquote" type="cite">On November 20, 2026 at 10:00 AM GMT+1, Ops wrote:<br><div>{_Q}</div></div>',
    "yahoo phone": f'<div>{_P}</div><div id="yMail_cursorElementTracker_1"><a href="#">Sent from Yahoo Mail for iPhone</a><br></div><br><p class="yahoo-quoted-begin" style="font-size: 15px">On Friday, November 20, 2026, 10:00 AM, Ops &lt;ops@corp.example&gt; wrote:</p><blockquote class="iosymail">{_Q}</blockquote>',
}


@pytest.mark.parametrize("client", PAGES)
def test_pages(client: str) -> None:
    parts = split_html_reply(PAGES[client])
    assert squeezed(parts.own) == squeezed(OWN)
    assert re.search("total +EUR 5", parts.quoted)
