"""Mails that were sent on, as clients write them, with what is known of each.

Written before the reader saw them: who wrote the mail first, and what its forwarder said above.
"""

# ruff: noqa: E501 - heads are easier to read in one piece

from email.message import EmailMessage
from html import escape
from typing import NamedTuple

WHO = "Nord Licht GmbH"
ADDRESS = "billing@nordlicht.example"
ANN = "Ann Lee"
HER = "ann@corp.example"
BODY = "Dear customer,\n\nplease find our invoice 4711 over EUR 119.00 below.\n\nKind regards\nJo Nord\nNord Licht GmbH"


class Forward(NamedTuple):
    """A mail that was sent on, and the truth about it."""

    name: str
    raw: bytes
    own: str
    sender: str = ADDRESS


def written(name: str, own: str, text: str = "", html: str = "", sender: str = ADDRESS) -> Forward:
    mail = EmailMessage()
    mail["From"], mail["To"] = f"{ANN} <{HER}>", "ops@corp.example"
    mail["Subject"], mail["Message-ID"] = "Fwd: Invoice 4711", f"<{abs(hash(name))}@corp.example>"
    if text:
        mail.set_content(text)
    if html and text:
        mail.add_alternative(html, subtype="html")
    elif html:
        mail.set_content(html, subtype="html")
    return Forward(name, mail.as_bytes(), own, sender)


def barred(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def page(text: str) -> str:
    return "".join(f"<div>{escape(line) or '<br>'}</div>" for line in text.split("\n"))


OWN = "Smith job, cost centre 12.\n\nPlease pay before Friday."


def gmail(
    name: str, rule: str, from_: str, date: str, own: str = OWN, *, only: str = "both"
) -> Forward:
    head = f"{rule}\n{from_} {WHO} <{ADDRESS}>\n{date}\nSubject: Invoice 4711\nTo: <{HER}>"
    text = f"{own}\n\n{head}\n\n\n{BODY}\n"
    lines = head.split("\n")
    html = (
        f'<div dir="ltr">{page(own)}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">'
        f'{lines[0]}<br>{from_} <strong class="gmail_sendername" dir="auto">{WHO}</strong> <span dir="auto">&lt;<a href="mailto:{ADDRESS}">{ADDRESS}</a>&gt;</span>'
        f'<br>{lines[2]}<br>{lines[3]}<br>To:  &lt;<a href="mailto:{HER}">{HER}</a>&gt;<br></div><br><br>{page(BODY)}</div>'
    )
    return written(name, own, text if only != "html" else "", html if only != "text" else "")


GMAIL = [
    gmail(
        "gmail web en",
        "---------- Forwarded message ---------",
        "From:",
        "Date: Mon, Nov 17, 2025 at 9:12\u202fAM",
    ),
    gmail(
        "gmail web de",
        "---------- Forwarded message ---------",
        "Von:",
        "Date: Mo., 17. Nov. 2025 um 09:12\u202fUhr",
    ),
    gmail(
        "gmail web fr",
        "---------- Forwarded message ---------",
        "De :",
        "Date: lun. 17 nov. 2025 à 09:12",
    ),
    gmail(
        "gmail web es html",
        "---------- Forwarded message ---------",
        "De:",
        "Date: lun, 17 nov 2025 a las 9:12",
        only="html",
    ),
    gmail(
        "gmail web it",
        "---------- Forwarded message ---------",
        "Da:",
        "Date: lun 17 nov 2025 alle ore 09:12",
    ),
    gmail(
        "gmail android nl",
        "---------- Forwarded message ---------",
        "Van:",
        "Date: ma 17 nov 2025 om 09:12",
        only="text",
    ),
    gmail(
        "gmail android pt",
        "---------- Forwarded message ---------",
        "De:",
        "Date: seg., 17 de nov. de 2025 às 09:12",
    ),
    gmail(
        "gmail ios pl",
        "---------- Forwarded message ---------",
        "Od:",
        "Date: pon., 17 lis 2025 o 09:12",
    ),
    gmail(
        "gmail ios nothing above",
        "---------- Forwarded message ---------",
        "From:",
        "Date: Mon, Nov 17, 2025 at 9:12\u202fAM",
        "",
    ),
]


def outlook(
    name: str,
    names: str,
    sent: str,
    how: str,
    own: str = OWN,
    who: str = f"{WHO} <{ADDRESS}>",
    extra: str = "",
    *,
    only: str = "both",
) -> Forward:
    fields = names.split("|")
    values = (who, sent, f"{ANN} <{HER}>", "Invoice 4711")
    head = (
        "\n".join(f"{field}: {value}" for field, value in zip(fields, values, strict=True)) + extra
    )
    bold = "<br>".join(
        f"<b>{field}:</b> {escape(value)}" for field, value in zip(fields, values, strict=True)
    )
    if how == "desktop":
        text = f"{own}\n\n{head}\n\n{BODY}\n"
        html = (
            f'<div class="WordSection1">{"".join(f"<p class=MsoNormal>{escape(o)}<o:p></o:p></p>" for o in own.split(chr(10)))}<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in">'
            f'<p class="MsoNormal">{bold}<o:p></o:p></p></div></div>{page(BODY)}</div>'
        )
    elif how == "web":
        text = f"{own}\n{'_' * 32}\n{head}\n\n{BODY}\n"
        html = (
            f'<div class="elementToProof">{page(own)}</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1">'
            f'<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif">{bold}</font><div>&nbsp;</div></div>{page(BODY)}'
        )
    else:  # mac
        text = f"{own}\n\n{head}\n\n{BODY}\n"
        html = f'<div>{page(own)}</div><div id="mail-editor-reference-message-container"><div style="border-right:none;border-bottom:none;border-left:none;border-top:1pt solid rgb(181, 196, 223);padding:3pt 0cm 0cm"><p>{bold}</p></div>{page(BODY)}</div>'
    return written(name, own, text if only != "html" else "", html if only != "text" else "")


OUTLOOK = [
    outlook(
        "outlook desktop en", "From|Sent|To|Subject", "Monday, November 17, 2025 9:12 AM", "desktop"
    ),
    outlook(
        "outlook desktop de",
        "Von|Gesendet|An|Betreff",
        "Montag, 17. November 2025 09:12",
        "desktop",
    ),
    outlook(
        "outlook desktop fr",
        "De\u00a0|Envoyé\u00a0|À\u00a0|Objet\u00a0",
        "lundi 17 novembre 2025 09:12",
        "desktop",
    ),
    outlook(
        "outlook desktop es",
        "De|Enviado el|Para|Asunto",
        "lunes, 17 de noviembre de 2025 9:12",
        "desktop",
        only="text",
    ),
    outlook(
        "outlook desktop it", "Da|Inviato|A|Oggetto", "lunedì 17 novembre 2025 09:12", "desktop"
    ),
    outlook(
        "outlook new nl", "Van|Verzonden|Aan|Onderwerp", "maandag 17 november 2025 09:12", "web"
    ),
    outlook(
        "outlook web pt",
        "De|Enviado|Para|Assunto",
        "segunda-feira, 17 de novembro de 2025 09:12",
        "web",
    ),
    outlook(
        "outlook web pl", "Od|Wysłane|Do|Temat", "poniedziałek, 17 listopada 2025 09:12", "web"
    ),
    outlook(
        "outlook web en html only",
        "From|Sent|To|Subject",
        "Monday, November 17, 2025 9:12 AM",
        "web",
        only="html",
    ),
    outlook("outlook mac en", "From|Date|To|Subject", "Monday, 17 November 2025 at 09:12", "mac"),
    outlook("outlook mac de", "Von|Datum|An|Betreff", "Montag, 17. November 2025 um 09:12", "mac"),
    outlook(
        "outlook on behalf",
        "From|Sent|To|Subject",
        "Monday, November 17, 2025 9:12 AM",
        "desktop",
        who=f"{ADDRESS} <{ADDRESS}> On Behalf Of {WHO}",
    ),
    outlook(
        "outlook mailto",
        "From|Sent|To|Subject",
        "Monday, November 17, 2025 9:12 AM",
        "desktop",
        who=f"{WHO} [mailto:{ADDRESS}]",
        only="text",
    ),
    outlook(
        "outlook importance",
        "From|Sent|To|Subject",
        "Monday, November 17, 2025 9:12 AM",
        "desktop",
        extra="\nImportance: High\nAttachments: invoice.pdf",
        only="text",
    ),
    written(
        "outlook ios en",
        OWN,
        f"{OWN}\n\nGet Outlook for iOS<https://aka.ms/o0ukef>\n{'_' * 32}\nFrom: {WHO} <{ADDRESS}>\nSent: Monday, November 17, 2025 9:12:33 AM\nTo: {ANN} <{HER}>\nSubject: Invoice 4711\n\n{BODY}\n",
    ),
    written(
        "outlook android de",
        OWN,
        f"{OWN}\n\nOutlook für Android<https://aka.ms/AAb9ysg> herunterladen\n{'_' * 32}\nVon: {WHO} <{ADDRESS}>\nGesendet: Montag, 17. November 2025 09:12:33\nAn: {ANN} <{HER}>\nBetreff: Invoice 4711\n\n{BODY}\n",
    ),
    written(
        "outlook 2010 original message",
        OWN,
        f"{OWN}\n\n-----Original Message-----\nFrom: {WHO} [mailto:{ADDRESS}] \nSent: Monday, November 17, 2025 9:12 AM\nTo: {ANN}\nSubject: Invoice 4711\n\n{BODY}\n",
    ),
]


def apple(
    name: str,
    begin: str,
    names: str,
    date: str,
    own: str = OWN,
    above: str = "",
    *,
    html: bool = True,
) -> Forward:
    fields = names.split("|")
    values = (f"{WHO} <{ADDRESS}>", "Invoice 4711", date, f"{ANN} <{HER}>")
    head = [f"{field}: {value}" for field, value in zip(fields, values, strict=True)]
    text = f"{own}\n\n{above}{begin}\n\n{barred(chr(10).join([*head, '', BODY]))}\n"
    spans = "".join(
        f'<div style="margin: 0px;"><span style="font-family: -webkit-system-font, sans-serif;"><b>{field}: </b></span><span>{escape(value)}<br></span></div>'
        for field, value in zip(fields, values, strict=True)
    )
    marked = f'{page(own)}<div>{page(above.strip())}<br><blockquote type="cite"><div>{begin}</div><br class="Apple-interchange-newline">{spans}<br><div>{page(BODY)}</div></blockquote></div>'
    return written(name, own, text, marked if html else "")


APPLE = [
    apple(
        "apple en",
        "Begin forwarded message:",
        "From|Subject|Date|To",
        "17 November 2025 at 09:12:33 CET",
    ),
    apple(
        "apple de",
        "Anfang der weitergeleiteten Nachricht:",
        "Von|Betreff|Datum|An",
        "17. November 2025 um 09:12:33 MEZ",
    ),
    apple(
        "apple fr",
        "Début du message transféré\u00a0:",
        "De|Objet|Date|À",
        "17 novembre 2025 à 09:12:33 UTC+1",
    ),
    apple(
        "apple es",
        "Inicio del mensaje reenviado:",
        "De|Asunto|Fecha|Para",
        "17 de noviembre de 2025, 9:12:33 CET",
    ),
    apple(
        "apple it",
        "Inizio messaggio inoltrato:",
        "Da|Oggetto|Data|A",
        "17 novembre 2025 alle ore 09:12:33 CET",
    ),
    apple(
        "apple nl",
        "Begin doorgestuurd bericht:",
        "Van|Onderwerp|Datum|Aan",
        "17 november 2025 om 09:12:33 CET",
    ),
    apple(
        "apple pt",
        "Início da mensagem reencaminhada:",
        "De|Assunto|Data|Para",
        "17 de novembro de 2025, 09:12:33 WET",
    ),
    apple(
        "apple pl",
        "Początek przekazywanej wiadomości:",
        "Od|Temat|Data|Do",
        "17 listopada 2025 o 09:12:33 CET",
    ),
    apple(
        "iphone en",
        "Begin forwarded message:",
        "From|Subject|Date|To",
        "17 November 2025 at 09:12:33 CET",
        above="Sent from my iPhone\n\n",
        html=False,
    ),
    apple(
        "iphone de",
        "Anfang der weitergeleiteten Nachricht:",
        "Von|Betreff|Datum|An",
        "17. November 2025 um 09:12:33 MEZ",
        above="Von meinem iPhone gesendet\n\n",
        html=False,
    ),
]


def thunderbird(name: str, rule: str, names: str, own: str = OWN, *, html: bool = False) -> Forward:
    fields = names.split("|")
    values = ("Invoice 4711", "Mon, 17 Nov 2025 09:12:33 +0100", f"{WHO} <{ADDRESS}>", HER)
    head = "\n".join(f"{field} \t{value}" for field, value in zip(fields, values, strict=True))
    text = f"{own}\n\n\n-------- {rule} --------\n{head}\n\n\n\n{BODY}\n"
    rows = "".join(
        f'<tr><th align="RIGHT" nowrap="nowrap" valign="BASELINE">{field} </th><td>{escape(value)}</td></tr>'
        for field, value in zip(fields, values, strict=True)
    )
    marked = f'<p>{escape(own).replace(chr(10), "<br>")}</p><div class="moz-forward-container"><br><br>-------- {rule} --------<table class="moz-email-headers-table" cellspacing="0"><tbody>{rows}</tbody></table><br><br>{page(BODY)}</div>'
    return written(name, own, "" if html else text, marked if html else "")


THUNDERBIRD = [
    thunderbird("thunderbird en", "Forwarded Message", "Subject:|Date:|From:|To:"),
    thunderbird("thunderbird en html", "Forwarded Message", "Subject:|Date:|From:|To:", html=True),
    thunderbird("thunderbird de", "Weitergeleitete Nachricht", "Betreff:|Datum:|Von:|An:"),
    thunderbird(
        "thunderbird fr", "Message transféré", "Sujet\u00a0:|Date\u00a0:|De\u00a0:|Pour\u00a0:"
    ),
    thunderbird("thunderbird es", "Mensaje reenviado", "Asunto:|Fecha:|De:|Para:"),
    thunderbird(
        "thunderbird it html", "Messaggio Inoltrato", "Oggetto:|Data:|Mittente:|A:", html=True
    ),
    thunderbird("thunderbird nl", "Doorgestuurd bericht", "Onderwerp:|Datum:|Van:|Aan:"),
    thunderbird("thunderbird pt", "Mensagem reencaminhada", "Assunto:|Data:|De:|Para:"),
    thunderbird("thunderbird pl", "Treść przekazanej wiadomości", "Temat:|Data:|Nadawca:|Adresat:"),
]

OTHERS = [
    written(
        "yahoo en",
        OWN,
        f'{OWN}\n\n   ----- Forwarded Message -----\nFrom: "{WHO}" <{ADDRESS}>\nTo: "{HER}" <{HER}>\nSent: Monday, November 17, 2025 at 09:12:33 AM GMT+1\nSubject: Invoice 4711\n\n{BODY}\n',
    ),
    written(
        "yahoo en flat",
        OWN,
        f"{OWN}\n   ----- Forwarded Message ----- From: {WHO} <{ADDRESS}>To: {ANN} <{HER}>Sent: Monday, November 17, 2025 at 09:12:33 AM GMT+1Subject: Invoice 4711\n {BODY}\n",
    ),
    written(
        "yahoo de flat",
        OWN,
        f"{OWN}\n   ----- Weitergeleitete Nachricht ----- Von: {WHO} <{ADDRESS}>An: {ANN} <{HER}>Gesendet: Montag, 17. November 2025 um 09:12:33 MEZBetreff: Invoice 4711\n {BODY}\n",
    ),
    written(
        "yahoo html",
        OWN,
        html=f'<div class="ydp1yahoo-style-wrap"><div>{page(OWN)}</div></div><div id="ydpyahoo_quoted_4711" class="ydpyahoo_quoted"><div style="font-family:Helvetica">----- Forwarded Message -----</div><div><b>From:</b> {WHO} &lt;{ADDRESS}&gt;</div><div><b>To:</b> {HER}</div><div><b>Sent:</b> Monday, November 17, 2025 at 09:12:33 AM GMT+1</div>{page(BODY)}</div>',
    ),
    written(
        "proton en",
        OWN,
        f"{OWN}\n\n------- Forwarded Message -------\nFrom: {WHO} <{ADDRESS}>\nDate: On Monday, November 17th, 2025 at 9:12 AM\nSubject: Invoice 4711\nTo: {HER} <{HER}>\n\n\n{barred(BODY)}\n",
    ),
    written(
        "proton de html",
        OWN,
        html=f'<div style="font-family: Arial">{page(OWN)}</div><div class="protonmail_quote">------- Weitergeleitete Nachricht -------<br>Von: {WHO} &lt;<a href="mailto:{ADDRESS}">{ADDRESS}</a>&gt;<br>Datum: Am Montag, 17. November 2025 um 09:12<br>Betreff: Invoice 4711<br>An: {HER}<br><br><blockquote class="protonmail_quote" type="cite">{page(BODY)}</blockquote></div>',
    ),
    written(
        "spark en",
        OWN,
        f"{OWN}\n\n---------- Forwarded message ----------\nFrom: {WHO} <{ADDRESS}>\nDate: 17 Nov 2025, 09:12 +0100\nTo: {ANN} <{HER}>\nSubject: Invoice 4711\n\n{barred(BODY)}\n",
    ),
    written(
        "spark html",
        OWN,
        html=f'<div name="messageBodySection"><div dir="auto">{page(OWN)}</div></div><div name="messageReplySection">---------- Forwarded message ----------<br><b>From:</b> {WHO} &lt;{ADDRESS}&gt;<br><b>Date:</b> 17 Nov 2025, 09:12 +0100<br><b>To:</b> {ANN} &lt;{HER}&gt;<br><b>Subject:</b> Invoice 4711<br><br><blockquote type="cite">{page(BODY)}</blockquote></div>',
    ),
    written(
        "em client en",
        OWN,
        f'{OWN}\n\n------ Forwarded Message ------\nFrom "{WHO}" <{ADDRESS}>\nTo {HER}\nDate 17/11/2025 09:12:33\nSubject Invoice 4711\n\n{BODY}\n',
    ),
    written(
        "em client de",
        OWN,
        f'{OWN}\n\n------ Weitergeleitete Nachricht ------\nVon "{WHO}" <{ADDRESS}>\nAn {HER}\nDatum 17.11.2025 09:12:33\nBetreff Invoice 4711\n\n{BODY}\n',
    ),
    written(
        "em client old",
        OWN,
        f'{OWN}\n\n------ Forwarded Message ------\nFrom: "{WHO}" <{ADDRESS}>\nTo: {HER}\nSent: 17/11/2025 09:12:33\nSubject: Invoice 4711\n\n{BODY}\n',
    ),
    written(
        "zoho en",
        OWN,
        f'{OWN}\n\n\n============ Forwarded message ============\nFrom: {WHO} <{ADDRESS}>\nTo: "{ANN}"<{HER}>\nDate: Mon, 17 Nov 2025 09:12:33 +0100\nSubject: Invoice 4711\n============ Forwarded message ============\n\n{BODY}\n',
    ),
    written(
        "zoho es",
        OWN,
        f'{OWN}\n\n\n============ Mensaje reenviado ============\nDesde: {WHO} <{ADDRESS}>\nPara: "{ANN}"<{HER}>\nFecha: lun, 17 nov 2025 09:12:33 +0100\nAsunto: Invoice 4711\n============ Mensaje reenviado ============\n\n{BODY}\n',
    ),
    written(
        "k9 en",
        OWN,
        f"{OWN}\n\n-------- Original Message --------\nFrom: {WHO} <{ADDRESS}>\nSent: 17 November 2025 09:12:33 CET\nTo: {HER}\nSubject: Invoice 4711\n\n{BODY}\n",
    ),
    written(
        "k9 de",
        OWN,
        f"{OWN}\n\n-------- Originalnachricht --------\nVon: {WHO} <{ADDRESS}>\nGesendet: 17. November 2025 09:12:33 MEZ\nAn: {HER}\nBetreff: Invoice 4711\n\n{BODY}\n",
    ),
    written(
        "samsung en flat",
        OWN,
        f"{OWN}\n\n-------- Original message --------From: {WHO} <{ADDRESS}> Date: 17/11/2025  09:12  (GMT+01:00) To: {ANN} <{HER}> Subject: Invoice 4711 \n{BODY}\n",
    ),
    written(
        "samsung fr",
        OWN,
        f"{OWN}\n\n\n\nEnvoyé depuis mon appareil Galaxy\n\n\n-------- Message d'origine --------\nDe : {WHO} <{ADDRESS}> \nDate : 17/11/2025 09:12 (GMT+01:00) \nÀ : {ANN} <{HER}> \nObjet : Invoice 4711 \n\n{BODY}\n",
    ),
    written(
        "samsung it html",
        OWN,
        html=f'<div dir="auto">{page(OWN)}</div><div><br></div><div id="composer_signature" dir="auto"><div style="font-size:12px">Inviato dal mio Galaxy</div></div><div><br></div><div align="left" dir="auto" style="font-size:100%;color:#000000"><div>-------- Messaggio originale --------</div><div>Da: {WHO} &lt;{ADDRESS}&gt; </div><div>Data: 17/11/25  09:12  (GMT+01:00) </div><div>A: {ANN} &lt;{HER}&gt; </div><div>Oggetto: Invoice 4711 </div><div><br></div></div>{page(BODY)}',
    ),
    written(
        "inline gmail en",
        OWN,
        f"{OWN}\n\nOn Mon, Nov 17, 2025 at 9:12\u202fAM {WHO} <{ADDRESS}> wrote:\n\n{barred(BODY)}\n",
    ),
    written(
        "inline gmail de",
        OWN,
        f"{OWN}\n\nAm Mo., 17. Nov. 2025 um 09:12\u202fUhr schrieb {WHO} <\n{ADDRESS}>:\n\n{barred(BODY)}\n",
    ),
    written(
        "inline apple fr",
        OWN,
        f"{OWN}\n\n> Le 17 nov. 2025 à 09:12, {WHO} <{ADDRESS}> a écrit :\n> \n{barred(BODY)}\n",
    ),
    written(
        "inline thunderbird de",
        OWN,
        f"{OWN}\n\nAm 17.11.25 um 09:12 schrieb {ADDRESS}:\n{barred(BODY)}\n",
    ),
    written(
        "inline proton en",
        OWN,
        f"{OWN}\n\n\nOn Monday, November 17th, 2025 at 9:12 AM, {WHO} <{ADDRESS}> wrote:\n\n{barred(BODY)}\n",
    ),
    written(
        "sent on twice",
        OWN,
        f"{OWN}\n\n---------- Forwarded message ---------\nFrom: Ben Corp <ben@corp.example>\nDate: Tue, Nov 18, 2025 at 10:00\u202fAM\nSubject: Fwd: Invoice 4711\nTo: <{HER}>\n\n\nis this yours?\n\n---------- Forwarded message ---------\nFrom: {WHO} <{ADDRESS}>\nDate: Mon, Nov 17, 2025 at 9:12\u202fAM\nSubject: Invoice 4711\nTo: <ben@corp.example>\n\n\n{BODY}\n",
    ),
]

FIRST = [*GMAIL, *OUTLOOK, *APPLE, *THUNDERBIRD, *OTHERS]
