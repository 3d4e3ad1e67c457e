"""A third and a fourth set of mails that were sent on, written before the reader had seen them.

The fourth are the hard ones: sent on twice, below a signature, attached, by lists and services.
"""

# ruff: noqa: E501, RUF001 - heads in one piece, in the letters of their languages

from email.message import EmailMessage

from tests.parsers.mail.forwards import ANN, HER, Forward, barred, page, written

WHO = "Atelier Brandt OHG"
ADDRESS = "rechnung@atelier-brandt.example"
F = f"{WHO} <{ADDRESS}>"
BODY = "Good morning,\n\nour invoice AB-2026-117 is attached. It is due on 14 December 2026.\nTotal EUR 1,904.00\n\nRegards\nMaria Brandt"
OWNS = (
    "for the Lisbon project; Peter knows about it",
    "Hi ops,\n\nplease pay this one early - we get 2 %.\n\nThanks,\nAnn",
    "Two things:\n1. wrong order number, it is 4500-88\n2. to be split with Corp UK",
    "To be clear: this replaces the invoice from last week.\nDate of service was October.",
    "ok",
)

# Client and language; the head as it stands there. `{f}` is name and address.
HEADS = {
    "outlook classic sv": "Från: {f}\nSkickat: den 18 november 2026 09:12\nTill: Ann Lee <ann@corp.example>\nÄmne: Faktura AB-2026-117",
    "outlook classic nb": "Fra: {f}\nSendt: onsdag 18. november 2026 09:12\nTil: Ann Lee <ann@corp.example>\nEmne: Faktura AB-2026-117",
    "outlook classic da": "Fra: {f}\nSendt: 18. november 2026 09:12\nTil: Ann Lee <ann@corp.example>\nEmne: Faktura AB-2026-117",
    "outlook classic fi": "Lähettäjä: {f}\nLähetetty: keskiviikko 18. marraskuuta 2026 9.12\nVastaanottaja: Ann Lee <ann@corp.example>\nAihe: Lasku AB-2026-117",
    "outlook classic pl": "Od: {f}\nWysłano: środa, 18 listopada 2026 09:12\nDo: Ann Lee <ann@corp.example>\nTemat: Faktura AB-2026-117",
    "outlook classic cs": "Od: {f}\nOdesláno: středa 18. listopadu 2026 9:12\nKomu: Ann Lee <ann@corp.example>\nPředmět: Faktura AB-2026-117",
    "outlook classic hu": "Feladó: {f}\nElküldve: 2026. november 18., szerda 9:12\nCímzett: Ann Lee <ann@corp.example>\nTárgy: Számla AB-2026-117",
    "outlook classic tr": "Kimden: {f}\nGönderildi: 18 Kasım 2026 Çarşamba 09:12\nKime: Ann Lee <ann@corp.example>\nKonu: Fatura AB-2026-117",
    "outlook classic ru": "От: {f}\nОтправлено: 18 ноября 2026 г. 9:12\nКому: Ann Lee <ann@corp.example>\nТема: Счёт AB-2026-117",
    "outlook classic pt": "De: {f}\nEnviada: 18 de novembro de 2026 09:12\nPara: Ann Lee <ann@corp.example>\nAssunto: Fatura AB-2026-117",
    "outlook classic ro": "De la: {f}\nTrimis: miercuri, 18 noiembrie 2026 09:12\nCătre: Ann Lee <ann@corp.example>\nSubiect: Factura AB-2026-117",
    "outlook classic el": "Από: {f}\nΣτάλθηκε: Τετάρτη, 18 Νοεμβρίου 2026 9:12 πμ\nΠρος: Ann Lee <ann@corp.example>\nΘέμα: Τιμολόγιο AB-2026-117",
    "outlook classic ja": "差出人: {f}\n送信日時: 2026年11月18日 9:12\n宛先: Ann Lee <ann@corp.example>\n件名: 請求書 AB-2026-117",
    "outlook classic zh": "发件人: {f}\n发送时间: 2026年11月18日 9:12\n收件人: Ann Lee <ann@corp.example>\n主题: 发票 AB-2026-117",
    "outlook classic ko": "보낸 사람: {f}\n보낸 날짜: 2026년 11월 18일 수요일 오전 9:12\n받는 사람: Ann Lee <ann@corp.example>\n제목: 청구서 AB-2026-117",
    "outlook web en cc": "________________________________\nFrom: {f}\nSent: Wednesday, November 18, 2026 9:12 AM\nTo: Ann Lee <ann@corp.example>\nCc: Ben Corp <ben@corp.example>; Jo <jo@corp.example>\nSubject: Invoice AB-2026-117",
    "outlook web de wichtig": "________________________________\nVon: {f}\nGesendet: Mittwoch, 18. November 2026 09:12\nAn: Ann Lee <ann@corp.example>\nBetreff: Rechnung AB-2026-117\nWichtigkeit: Hoch",
    "outlook mobile en": "Get Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\nFrom: {f}\nSent: Wednesday, November 18, 2026 9:12:44 AM\nTo: Ann Lee <ann@corp.example>\nSubject: Invoice AB-2026-117",
    "outlook mobile fr": "Télécharger Outlook pour Android<https://aka.ms/AAb9ysg>\n________________________________\nDe : {f}\nEnvoyé : mercredi 18 novembre 2026 09:12:44\nÀ : Ann Lee <ann@corp.example>\nObjet : Facture AB-2026-117",
    "outlook mac": "From: {f}\nDate: Wednesday, 18 November 2026 at 09:12\nTo: Ann Lee <ann@corp.example>\nSubject: Invoice AB-2026-117",
    "outlook stars": "*From:* {f}\n*Sent:* Wednesday, November 18, 2026 9:12 AM\n*To:* Ann Lee\n*Subject:* Invoice AB-2026-117",
    "outlook nl": "Van: {f}\nVerzonden: woensdag 18 november 2026 09:12\nAan: Ann Lee <ann@corp.example>\nOnderwerp: Factuur AB-2026-117",
    "gmail sv": "---------- Forwarded message ---------\nFrån: {f}\nDate: ons 18 nov. 2026 kl 09:12\nSubject: Faktura AB-2026-117\nTo: Ann Lee <ann@corp.example>",
    "gmail pl": "---------- Forwarded message ---------\nOd: {f}\nDate: śr., 18 lis 2026 o 09:12\nSubject: Faktura AB-2026-117\nTo: <ann@corp.example>",
    "gmail ja": "---------- Forwarded message ---------\nFrom: {f}\nDate: 2026年11月18日(水) 9:12\nSubject: 請求書\nTo: <ann@corp.example>",
    "gmail ru": "---------- Forwarded message ---------\nОт: {f}\nDate: ср, 18 нояб. 2026 г. в 09:12\nSubject: Счёт\nTo: <ann@corp.example>",
    "gmail app en": '---------- Forwarded message ----------\nFrom: "{w}" <{a}>\nDate: 18 Nov 2026 09:12\nSubject: Invoice AB-2026-117\nTo: <ann@corp.example>\nCc:',
    "apple da": "Start på videresendt besked:\n\nFra: {f}\nEmne: Faktura AB-2026-117\nDato: 18. november 2026 kl. 09.12.44 CET\nTil: Ann Lee <ann@corp.example>",
    "apple sv": "Vidarebefordrat brev:\n\nFrån: {f}\nÄmne: Faktura AB-2026-117\nDatum: 18 november 2026 09:12:44 CET\nTill: Ann Lee <ann@corp.example>",
    "apple pl": "Początek przekazywanej wiadomości:\n\nOd: {f}\nTemat: Faktura AB-2026-117\nData: 18 listopada 2026 09:12:44 CET\nDo: Ann Lee <ann@corp.example>",
    "apple pt": "Início da mensagem reenviada:\n\nDe: {f}\nAssunto: Fatura AB-2026-117\nData: 18 de novembro de 2026, 09:12:44 WET\nPara: Ann Lee <ann@corp.example>",
    "apple fi": "Välitetty viesti alkaa:\n\nLähettäjä: {f}\nAihe: Lasku AB-2026-117\nPäiväys: 18. marraskuuta 2026 klo 9.12.44 UTC+2\nVastaanottaja: Ann Lee <ann@corp.example>",
    "apple ja": "転送されたメッセージ:\n\n差出人: {f}\n件名: 請求書 AB-2026-117\n日付: 2026年11月18日 9:12:44 JST\n宛先: Ann Lee <ann@corp.example>",
    "thunderbird sv": "-------- Vidarebefordrat meddelande --------\nÄmne: \tFaktura AB-2026-117\nDatum: \tWed, 18 Nov 2026 09:12:44 +0100\nFrån: \t{f}\nTill: \tann@corp.example",
    "thunderbird pl": "-------- Przekazana wiadomość --------\nTemat: \tFaktura AB-2026-117\nData: \tWed, 18 Nov 2026 09:12:44 +0100\nNadawca: \t{f}\nAdresat: \tann@corp.example",
    "thunderbird cs": "-------- Přeposlaná zpráva --------\nPředmět: \tFaktura AB-2026-117\nDatum: \tWed, 18 Nov 2026 09:12:44 +0100\nOd: \t{f}\nKomu: \tann@corp.example",
    "thunderbird pt-br": "-------- Mensagem encaminhada --------\nAssunto: \tFatura AB-2026-117\nData: \tWed, 18 Nov 2026 09:12:44 -0300\nDe: \t{f}\nPara: \tann@corp.example",
    "thunderbird reply-to": "-------- Forwarded Message --------\nSubject: \tInvoice AB-2026-117\nDate: \tWed, 18 Nov 2026 09:12:44 +0100\nReply-To: \toffice@corp.example\nFrom: \t{f}\nOrganization: \tAtelier\nTo: \tann@corp.example",
    "spark": "---------- Forwarded message ----------\nFrom: {f}\nDate: 18 Nov 2026 at 09:12 +0100\nTo: Ann Lee <ann@corp.example>\nSubject: Invoice AB-2026-117",
    "superhuman": "---------- Forwarded message ---------\nFrom: {w} < {a} >\nDate: Wed, Nov 18, 2026 at 9:12 AM\nSubject: Invoice AB-2026-117\nTo: < ann@corp.example >",
    "proton": "------- Forwarded Message -------\nFrom: {w} <{a}>\nDate: On Wednesday, November 18th, 2026 at 9:12 AM\nSubject: Invoice AB-2026-117\nTo: Ann Lee <ann@corp.example>",
    "proton de": "------- Weitergeleitete Nachricht -------\nVon: {f}\nDatum: Am Mittwoch, 18. November 2026 um 09:12\nBetreff: Rechnung\nAn: Ann Lee <ann@corp.example>",
    "yahoo": "----- Forwarded Message -----\nFrom: {f}\nTo: Ann Lee <ann@corp.example>\nSent: Wednesday, November 18, 2026 at 09:12:44 AM GMT+1\nSubject: Invoice AB-2026-117",
    "yahoo it": "----- Messaggio inoltrato -----\nDa: {f}\nA: Ann Lee <ann@corp.example>\nInviato: mercoledì 18 novembre 2026 alle ore 09:12:44 CET\nOggetto: Fattura",
    "gmx": "-----Ursprüngliche Nachricht-----\nGesendet: Mittwoch, 18. November 2026 um 09:12\nVon: {f}\nAn: ann@corp.example\nBetreff: Rechnung AB-2026-117",
    "web.de": 'Gesendet: Mittwoch, 18. November 2026 um 09:12 Uhr\nVon: "{w}" <{a}>\nAn: ann@corp.example\nBetreff: Rechnung AB-2026-117',
    "samsung": "-------- Original message --------\nFrom: {f}\nDate: 18/11/2026 09:12 (GMT+01:00)\nTo: ann@corp.example\nSubject: Invoice AB-2026-117",
    "samsung fr": "-------- Message d'origine --------\nDe : {f}\nDate : 18/11/2026 09:12 (GMT+01:00)\nÀ : ann@corp.example\nObjet : Facture AB-2026-117",
    "bluemail": "-------- Forwarded message --------\nFrom: {f}\nSent: 18 November 2026 09:12:44 CET\nTo: ann@corp.example\nSubject: Invoice AB-2026-117",
    "em client": '------ Forwarded Message ------\nFrom "{w}" <{a}>\nTo "Ann Lee" <ann@corp.example>\nDate 18/11/2026 09:12:44\nSubject Invoice AB-2026-117',
    "em client de": '------ Weitergeleitete Nachricht ------\nVon "{w}" <{a}>\nAn "Ann Lee" <ann@corp.example>\nDatum 18.11.2026 09:12:44\nBetreff Rechnung AB-2026-117',
    "notes": "----- Forwarded by Ann Lee/Corp on 18.11.2026 10:00 -----\n\nFrom: {f}\nTo: Ann Lee/Corp@Corp\nDate: 18.11.2026 09:12\nSubject: Invoice AB-2026-117",
    "notes de": "----- Weitergeleitet von Ann Lee/Corp am 18.11.2026 10:00 -----\n\nVon: {f}\nAn: ann@corp.example\nDatum: 18.11.2026 09:12\nBetreff: Rechnung AB-2026-117",
    "kmail": "----------  Forwarded Message  ----------\n\nSubject: Invoice AB-2026-117\nDate: Wednesday, November 18, 2026, 9:12:44 AM CET\nFrom: {f}\nTo: ann@corp.example",
    "mutt": "----- Forwarded message from {f} -----\n\nDate: Wed, 18 Nov 2026 09:12:44 +0100\nFrom: {f}\nTo: ann@corp.example\nSubject: Invoice AB-2026-117",
    "roundcube": "-------- Original Message --------\nSubject: Invoice AB-2026-117\nDate: 2026-11-18 09:12\nFrom: {f}\nTo: ann@corp.example",
    "roundcube nl": "-------- Oorspronkelijke bericht --------\nOnderwerp: Factuur AB-2026-117\nDatum: 2026-11-18 09:12\nAfzender: {f}\nOntvanger: ann@corp.example",
    "zoho": '============ Forwarded message ============\nFrom: {f}\nTo: "Ann Lee"<ann@corp.example>\nDate: Wed, 18 Nov 2026 09:12:44 +0100\nSubject: Invoice AB-2026-117\n============ Forwarded message ============',
    "fastmail": "----- Original message -----\nFrom: {f}\nTo: ann@corp.example\nSubject: Invoice AB-2026-117\nDate: Wednesday, November 18, 2026 9:12 AM",
    "yandex": '-------- Пересылаемое сообщение --------\n18.11.2026, 09:12, "{w}" <{a}>:',
    "mailru": "-------- Пересылаемое сообщение --------\nОт: {f}\nКому: ann@corp.example\nДата: Среда, 18 ноября 2026, 9:12 +03:00\nТема: Счёт",
    "aol": "-----Original Message-----\nFrom: {w} <{a}>\nTo: ann@corp.example\nSent: Wed, Nov 18, 2026 9:12 am\nSubject: Invoice AB-2026-117",
    "icloud web": "Begin forwarded message:\n\nFrom: {w} <{a}>\nDate: November 18, 2026 at 9:12:44 AM GMT+1\nTo: Ann Lee <ann@corp.example>\nSubject: Invoice AB-2026-117",
}


def sent_on(number: int, name: str, template: str, *, html: bool = False) -> Forward:
    own = OWNS[number % len(OWNS)]
    stands = template.format(f=F, w=WHO, a=ADDRESS)
    quoted = barred(f"{stands}\n\n{BODY}") if name.startswith("apple") else f"{stands}\n\n{BODY}"
    text = f"{own}\n\n{quoted}\n"
    return written(name, own, "" if html else text, page(text) if html else "", ADDRESS)


THIRD = [
    *(sent_on(n, name, template) for n, (name, template) in enumerate(HEADS.items())),
    *(
        sent_on(n + 2, f"{name} html", HEADS[name], html=True)
        for n, name in enumerate(HEADS)
        if n % 6 == 0
    ),
]


def head(name: str) -> str:
    return HEADS[name].format(f=F, w=WHO, a=ADDRESS)


def below(name: str, own: str, rest: str, *, html: bool = False) -> Forward:
    text = f"{own}\n\n{rest}\n"
    return written(name, own, "" if html else text, page(text) if html else "", ADDRESS)


def enclosed(name: str, own: str, *inner: EmailMessage) -> Forward:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"{ANN} <{HER}>", "ops@corp.example", "Fwd"
    mail.set_content(own)
    for each in inner:
        mail.add_attachment(each)
    return Forward(name, mail.as_bytes(), own, ADDRESS)


def first(sender: str = F, nested: EmailMessage | None = None) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, HER, "Invoice"
    mail.set_content(BODY)
    if nested is not None:
        mail.add_attachment(nested)
    return mail


def digest(own: str) -> Forward:
    parts = [f"From: {F}\r\nSubject: one\r\n\r\n{BODY}", "From: other@x.example\r\n\r\nhello"]
    inner = "".join(f"--D\r\n\r\n{part}\r\n" for part in parts)
    text = (
        f"From: {ANN} <{HER}>\r\nTo: ops@corp.example\r\nSubject: digest\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/mixed; boundary=O\r\n\r\n--O\r\n\r\n"
        f"{own}\r\n--O\r\nContent-Type: multipart/digest; boundary=D\r\n\r\n{inner}--D--\r\n--O--\r\n"
    )
    return Forward("digest", text.encode(), own, ADDRESS)


BEN = "Ben Corp <ben@corp.example>"
FOURTH = [
    below(
        "twice gmail",
        "see below",
        "---------- Forwarded message ---------\nFrom: "
        + BEN
        + "\nDate: Wed, Nov 18, 2026 at 10:00 AM\nSubject: Fwd: Invoice\nTo: <ann@corp.example>\n\n\nfor you\n\n"
        + head("gmail app en")
        + "\n\n"
        + BODY,
    ),
    below(
        "twice outlook de",
        "bitte zahlen",
        "Von: "
        + BEN
        + "\nGesendet: Mittwoch, 18. November 2026 10:00\nAn: Ann Lee\nBetreff: WG: Rechnung\n\nzur Info\n\n"
        + head("outlook web de wichtig")
        + "\n\n"
        + BODY,
    ),
    below(
        "thrice mixed",
        "our third copy",
        "From: "
        + BEN
        + "\nSent: Wednesday, November 18, 2026 10:00 AM\nTo: Ann\nSubject: FW: FW: Invoice\n\n-----Original Message-----\nFrom: Cy Corp <cy@corp.example>\nSent: Wednesday\nTo: Ben\nSubject: FW: Invoice\n\n"
        + head("apple da")
        + "\n\n"
        + BODY,
    ),
    below(
        "twice apple barred",
        "pay",
        "Begin forwarded message:\n\n> From: "
        + BEN
        + "\n> Subject: Fwd: Invoice\n> Date: 18 November 2026 at 10:00:00 CET\n> To: Ann\n> \n> look\n> \n>> Begin forwarded message:\n>> \n>> From: "
        + F
        + "\n>> Subject: Invoice\n>> Date: 18 November 2026\n>> To: Ben\n>> \n>> "
        + BODY.replace("\n", "\n>> "),
    ),
    below(
        "answered then sent on",
        "they answered me, now yours",
        "On Wed, Nov 18, 2026 at 9:12 AM " + F + " wrote:\n\n" + barred(BODY),
    ),
    below(
        "answered de",
        "wie besprochen",
        "Am 18.11.2026 um 09:12 schrieb " + F + ":\n" + barred(BODY),
    ),
    below(
        "two signature",
        "please book",
        "-- \nAnn Lee\nCorp Ltd\n\n" + head("thunderbird pl") + "\n\n" + BODY,
    ),
    below(
        "phone sig",
        "book it",
        "Sent from my iPhone\n\nBegin forwarded message:\n\n> From: "
        + F
        + "\n> Date: November 18, 2026 at 9:12:44 AM GMT+1\n> To: ann@corp.example\n> Subject: Invoice\n> \n> Hello",
    ),
    below("galaxy sig", "book it", "Sent from my Galaxy\n\n\n" + head("samsung") + "\n\n" + BODY),
    below(
        "own with colon and date",
        "From 1 December: cost centre 14\nDate of delivery: 3 November",
        "\n" + head("outlook mac") + "\n\n" + BODY,
    ),
    below(
        "own with quoted words",
        'they wrote "final reminder" but it is the first',
        "\n" + head("proton") + "\n\n" + BODY,
    ),
    below(
        "own with url",
        "ticket https://tracker.corp.example/T-12?x=1#from",
        "\n" + head("outlook web en cc") + "\n\n" + BODY,
    ),
    below(
        "own umlauts",
        "Bitte prüfen – Fälligkeit ändern wir auf 14. Dezember.",
        "\n" + head("web.de") + "\n\n" + BODY,
    ),
    below("own question", "Is that ours?", "\n" + head("fastmail") + "\n\n" + BODY),
    below("own dashes", "first\n---\nsecond", "\n" + head("aol") + "\n\n" + BODY),
    below("own bullet stars", "* one\n* two", "\n" + head("outlook stars") + "\n\n" + BODY),
    below("no blank before head", "pay", head("kmail") + "\n" + BODY),
    below(
        "indented head",
        "pay",
        "\t" + head("notes").replace("\n", "\n\t") + "\n\n\t" + BODY.replace("\n", "\n\t"),
    ),
    below(
        "html twice",
        "pay",
        "From: "
        + BEN
        + "\nSent: Wednesday\nTo: Ann\nSubject: FW\n\n"
        + head("outlook nl")
        + "\n\n"
        + BODY,
        html=True,
    ),
    below("html samsung", "book", "\n" + head("samsung fr") + "\n\n" + BODY, html=True),
    below("html em client", "book", "\n" + head("em client") + "\n\n" + BODY, html=True),
    below(
        "mailto bracket",
        "book",
        "\nFrom: "
        + WHO
        + " [mailto:"
        + ADDRESS
        + "]\nSent: Wednesday, November 18, 2026 9:12 AM\nTo: Ann\nSubject: Invoice\n\n"
        + BODY,
    ),
    below(
        "name only then address below",
        "book",
        "\n-----Original Message-----\nFrom: "
        + WHO
        + "\n<"
        + ADDRESS
        + ">\nSent: Wednesday\nSubject: Invoice\n\n"
        + BODY,
    ),
    below(
        "on behalf",
        "book",
        "\nFrom: noreply@mailer.example <noreply@mailer.example> On Behalf Of "
        + F
        + "\nSent: Wednesday, November 18, 2026\nTo: Ann\nSubject: Invoice\n\n"
        + BODY,
    ),
    below(
        "via list",
        "book",
        "\n---------- Forwarded message ---------\nFrom: '"
        + WHO
        + "' via Billing <billing@corp.example>\nDate: Wed, Nov 18, 2026\nSubject: Invoice\nTo: Billing\nReply-To: "
        + F
        + "\n\n"
        + BODY,
    ),
    below(
        "nbsp de",
        "buchen",
        "\nVon:\u00a0"
        + F
        + "\nGesendet:\u00a0Mittwoch\nAn:\u00a0Ann\nBetreff:\u00a0Rechnung\n\n"
        + BODY,
    ),
    below(
        "fullwidth colon",
        "请付款",
        "\n发件人：" + F + "\n发送时间：2026年11月18日\n收件人：Ann\n主题：发票\n\n" + BODY,
    ),
    enclosed("attached eml", "book to travel", first()),
    enclosed("attached two", "both please", first(), first("z@z.example")),
    enclosed("attached in attached", "from Ben", first(BEN, first())),
    digest("the week's bills"),
]
