"""A second set of mails that were sent on: other clients, other habits, written before reading."""

# ruff: noqa: E501 - heads are easier to read in one piece

from email.message import EmailMessage

from tests.parsers.mail.forwards import ANN, HER, Forward, barred, page, written

WHO = "Fjord & Søn AS"
ADDRESS = "faktura@fjord.example"
BODY = "Hei Ann,\n\nattached is invoice 2025-88, due 1 December.\nTotal: NOK 12.500,00\n\nVennlig hilsen\nKari Fjord"
SHORT = "ok for me, please book under travel"
LONG = "Hi,\n\nthis one is for the Berlin office. Two remarks:\n\n- the total is right\n- from our side it is fine: pay it on Monday 24 November, 9:00\n\nThanks"
SIGNED = "\n\n-- \nAnn Lee\nFinance, Corp Ltd\n+49 30 123456"


def case(
    name: str,
    own: str,
    head: str,
    *,
    body: str = BODY,
    sign: str = "",
    html: bool = False,
    sender: str = ADDRESS,
) -> Forward:
    text = f"{own}{sign}\n\n{head}\n\n{body}\n"
    return written(name, own, "" if html else text, page(text) if html else "", sender)


def attached(name: str, own: str, *, twice: bool = False) -> Forward:
    inner = EmailMessage()
    inner["From"], inner["To"], inner["Subject"] = f"{WHO} <{ADDRESS}>", HER, "Invoice 2025-88"
    inner.set_content(BODY)
    middle = inner
    if twice:
        middle = EmailMessage()
        middle["From"], middle["To"], middle["Subject"] = (
            "Ben Corp <ben@corp.example>",
            HER,
            "Fwd: Invoice",
        )
        middle.set_content("fyi")
        middle.add_attachment(inner)
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = (
        f"{ANN} <{HER}>",
        "ops@corp.example",
        "Fwd: Invoice 2025-88",
    )
    mail.set_content(own)
    mail.add_attachment(middle)
    return Forward(name, mail.as_bytes(), own, ADDRESS)


F = f"{WHO} <{ADDRESS}>"
SECOND = [
    case(
        "gmail en long own",
        LONG,
        f"---------- Forwarded message ---------\nFrom: {F}\nDate: Mon, 17 Nov 2025 at 14:02\nSubject: Re: Invoice 2025-88\nTo: {ANN} <{HER}>\nCc: Ben <ben@corp.example>\n",
    ),
    case(
        "gmail de signed",
        SHORT,
        f"---------- Forwarded message ---------\nVon: {F}\nDate: Mo., 17. Nov. 2025 um 14:02 Uhr\nSubject: Rechnung\nTo: {HER}\n",
        sign=SIGNED,
    ),
    case(
        "gmail bold names",
        SHORT,
        f"---------- Forwarded message ---------\nFrom: *{WHO}* <{ADDRESS}>\nDate: Mon, 17 Nov 2025, 14:02\nSubject: Invoice\nTo: <{HER}>\n",
    ),
    case(
        "gmail via",
        SHORT,
        f"---------- Forwarded message ---------\nFrom: 'Kari' via Billing <{ADDRESS}>\nDate: Mon, 17 Nov 2025, 14:02\nSubject: Invoice\nTo: <{HER}>\n",
    ),
    case(
        "gmail older",
        SHORT,
        f'---------- Forwarded message ----------\nFrom: "{WHO}" <{ADDRESS}>\nDate: Nov 17, 2025 2:02 PM\nSubject: Invoice\nTo: "{HER}" <{HER}>\nCc:\n',
    ),
    case(
        "outlook fr web",
        SHORT,
        f"{'_' * 32}\nDe : {F}\nEnvoyé : lundi 17 novembre 2025 14:02\nÀ : {ANN} <{HER}>\nObjet : Facture",
    ),
    case(
        "outlook es web",
        SHORT,
        f"{'_' * 32}\nDe: {F}\nEnviado: lunes, 17 de noviembre de 2025 14:02\nPara: {ANN} <{HER}>\nAsunto: Factura",
    ),
    case(
        "outlook it new",
        LONG,
        f"{'_' * 32}\nDa: {F}\nInviato: lunedì 17 novembre 2025 14:02\nA: {ANN} <{HER}>\nOggetto: Fattura",
    ),
    case(
        "outlook pl desktop",
        SHORT,
        f"From: {F} \nSent: Monday, November 17, 2025 2:02 PM\nTo: {ANN} <{HER}>\nCc: Ben Corp <ben@corp.example>\nSubject: Faktura",
        sign=SIGNED,
    ),
    case(
        "outlook nl desktop",
        SHORT,
        f"Van: {F} \nVerzonden: maandag 17 november 2025 14:02\nAan: {ANN} <{HER}>\nCC: Ben Corp <ben@corp.example>\nOnderwerp: Factuur",
    ),
    case(
        "outlook pt desktop",
        SHORT,
        f"De: {F}\nEnviada em: segunda-feira, 17 de novembro de 2025 14:02\nPara: {ANN} <{HER}>\nAssunto: Fatura",
    ),
    case(
        "outlook de html only",
        SHORT,
        f"Von: {F}\nGesendet: Montag, 17. November 2025 14:02\nAn: {ANN} <{HER}>\nBetreff: Rechnung",
        html=True,
    ),
    case(
        "outlook external banner",
        SHORT,
        f"From: {F}\nSent: Monday, November 17, 2025 2:02 PM\nTo: {ANN} <{HER}>\nSubject: [EXTERNAL] Invoice\n\nCAUTION: This email originated from outside the organization.",
    ),
    case(
        "outlook mac fr",
        SHORT,
        f"De : {F}\nDate : lundi, 17 novembre 2025 à 14:02\nÀ : {ANN} <{HER}>\nObjet : Facture",
    ),
    case(
        "outlook mac es",
        SHORT,
        f"De: {F}\nFecha: lunes, 17 de noviembre de 2025, 14:02\nPara: {ANN} <{HER}>\nAsunto: Factura",
    ),
    case(
        "outlook mac bold stars",
        SHORT,
        f"*From: *{F}\n*Date: *Monday, 17 November 2025 at 14:02\n*To: *{ANN} <{HER}>\n*Subject: *Invoice",
    ),
    case(
        "outlook ios fr",
        SHORT,
        f"Télécharger Outlook pour iOS<https://aka.ms/o0ukef>\n{'_' * 32}\nDe : {F}\nEnvoyé : lundi 17 novembre 2025 14:02\nÀ : {ANN} <{HER}>\nObjet : Facture",
    ),
    case(
        "outlook mail link",
        SHORT,
        f"{'_' * 32}\nFrom: {WHO} <{ADDRESS}<mailto:{ADDRESS}>>\nSent: Monday, November 17, 2025 2:02 PM\nTo: {ANN} <{HER}<mailto:{HER}>>\nSubject: Invoice",
    ),
    case(
        "outlook appointment style",
        SHORT,
        f"-----Original Appointment-----\nFrom: {F} \nSent: Monday, November 17, 2025 2:02 PM\nTo: {ANN}\nSubject: Invoice\nWhen: Tuesday",
    ),
    case(
        "outlook ursprüngliche",
        SHORT,
        f"-----Ursprüngliche Nachricht-----\nVon: {F} \nGesendet: Montag, 17. November 2025 14:02\nAn: {ANN} <{HER}>\nBetreff: Rechnung",
    ),
    case(
        "apple reply-to",
        SHORT,
        "Begin forwarded message:\n\n"
        + barred(
            f"From: {F}\nSubject: Invoice\nDate: 17 November 2025 at 14:02:11 GMT\nTo: {HER}\nReply-To: replies@pay.example\n"
        ),
        body=barred(BODY),
    ),
    case(
        "apple unquoted",
        SHORT,
        f"Begin forwarded message:\n\nFrom: {F}\nSubject: Invoice\nDate: 17 November 2025 at 14:02:11 GMT\nTo: {HER}\n",
    ),
    case(
        "apple bold",
        SHORT,
        f"Begin forwarded message:\n\n*From: *{F}\n*Subject: **Invoice*\n*Date: *17 November 2025 at 14:02:11 GMT\n*To: *{HER}\n",
    ),
    case(
        "apple de signed",
        SHORT,
        "Anfang der weitergeleiteten Nachricht:\n\n"
        + barred(
            f"Von: {F}\nBetreff: Rechnung\nDatum: 17. November 2025 um 14:02:11 MEZ\nAn: {HER}\n"
        ),
        body=barred(BODY),
        sign=SIGNED,
    ),
    case(
        "apple sv",
        SHORT,
        "Vidarebefordrat brev:\n\n"
        + barred(f"Från: {F}\nÄmne: Faktura\nDatum: 17 november 2025 14:02:11 CET\nTill: {HER}\n"),
        body=barred(BODY),
    ),
    case(
        "apple da",
        SHORT,
        "Start på videresendt besked:\n\n"
        + barred(
            f"Fra: {F}\nEmne: Faktura\nDato: 17. november 2025 kl. 14.02.11 CET\nTil: {HER}\n"
        ),
        body=barred(BODY),
    ),
    case(
        "iphone fr",
        SHORT,
        "Envoyé de mon iPhone\n\nDébut du message transféré :\n\n"
        + barred(f"De: {F}\nDate: 17 novembre 2025 à 14:02:11 UTC+1\nÀ: {HER}\nObjet: Facture\n"),
        body=barred(BODY),
    ),
    case(
        "iphone es",
        SHORT,
        "Enviado desde mi iPhone\n\nInicio del mensaje reenviado:\n\n"
        + barred(
            f"De: {F}\nFecha: 17 de noviembre de 2025, 14:02:11 CET\nPara: {HER}\nAsunto: Factura\n"
        ),
        body=barred(BODY),
    ),
    case(
        "ipad it",
        SHORT,
        "Inviato da iPad\n\nInizio messaggio inoltrato:\n\n"
        + barred(f"Da: {F}\nData: 17 novembre 2025 14:02:11 CET\nA: {HER}\nOggetto: Fattura\n"),
        body=barred(BODY),
    ),
    case(
        "thunderbird reply-to",
        SHORT,
        f"-------- Forwarded Message --------\nSubject: \tInvoice\nDate: \tMon, 17 Nov 2025 14:02:11 +0000\nFrom: \t{F}\nReply-To: \treplies@pay.example\nOrganization: \tFjord\nTo: \t{HER}\n",
    ),
    case(
        "thunderbird de cc",
        LONG,
        f"-------- Weitergeleitete Nachricht --------\nBetreff: \tRechnung\nDatum: \tMon, 17 Nov 2025 14:02:11 +0100\nVon: \t{F}\nAn: \t{HER}\nKopie (CC): \tben@corp.example\n",
    ),
    case(
        "thunderbird sv",
        SHORT,
        f"-------- Vidarebefordrat meddelande --------\nÄmne: \tFaktura\nDatum: \tMon, 17 Nov 2025 14:02:11 +0100\nFrån: \t{F}\nTill: \t{HER}\n",
    ),
    case(
        "thunderbird fr signed",
        SHORT,
        f"-------- Message transféré --------\nSujet : \tFacture\nDate : \tMon, 17 Nov 2025 14:02:11 +0100\nDe : \t{F}\nPour : \t{HER}\n",
        sign=SIGNED,
    ),
    case(
        "yahoo fr",
        SHORT,
        f"   ----- Message transféré -----\nDe : {F}\nÀ : {ANN} <{HER}>\nEnvoyé : lundi 17 novembre 2025 à 14:02:11 UTC+1\nObjet : Facture\n",
    ),
    case(
        "yahoo it flat",
        SHORT,
        f"   ----- Messaggio inoltrato ----- Da: {F}A: {ANN} <{HER}>Inviato: lunedì 17 novembre 2025 alle ore 14:02:11 CETOggetto: Fattura",
    ),
    case(
        "yahoo es flat quoted",
        SHORT,
        f'   ----- Mensaje reenviado ----- De: "{WHO}" <{ADDRESS}>Para: {ANN} <{HER}>Enviado: lunes, 17 de noviembre de 2025, 14:02:11 CETAsunto: Factura',
    ),
    case(
        "aol",
        SHORT,
        f"-----Original Message-----\nFrom: {F}\nTo: {HER}\nSent: Mon, Nov 17, 2025 2:02 pm\nSubject: Invoice\n",
    ),
    case(
        "proton fr",
        SHORT,
        f"------- Message transféré -------\nDe : {F}\nDate : Le lundi 17 novembre 2025 à 14:02\nObjet : Facture\nÀ : {HER}\n",
        body=barred(BODY),
    ),
    case(
        "tutanota",
        SHORT,
        f"--------------- Original Message ---------------\nDate: 17 Nov 2025, 14:02\nFrom: {ADDRESS}\nTo: {HER}\nSubject: Invoice",
    ),
    case(
        "em client fr",
        SHORT,
        f'------ Message transféré ------\nDe "{WHO}" <{ADDRESS}>\nÀ {HER}\nDate 17/11/2025 14:02:11\nObjet Facture\n',
    ),
    case(
        "em client es",
        LONG,
        f'------ Mensaje reenviado ------\nDe "{WHO}" <{ADDRESS}>\nPara {HER}\nFecha 17/11/2025 14:02:11\nAsunto Factura\n',
    ),
    case(
        "zoho de",
        SHORT,
        f'============ Weitergeleitete Nachricht ============\nVon: {F}\nAn: "{ANN}" <{HER}>\nDatum: Mo., 17 Nov. 2025 14:02:11 +0100\nBetreff: Rechnung\n============ Weitergeleitete Nachricht ============',
    ),
    case(
        "zoho fr",
        SHORT,
        f'============ Message transféré ============\nDe : {F}\nÀ : "{ANN}"<{HER}>\nDate : lun., 17 nov. 2025 14:02:11 +0100\nObjet : Facture\n============ Message transféré ============',
    ),
    case(
        "k9 pl",
        SHORT,
        f"-------- Wiadomość oryginalna --------\nOd: {F}\nWysłano: 17 listopada 2025 14:02:11 CET\nDo: {HER}\nTemat: Faktura\n",
    ),
    case(
        "k9 fr",
        SHORT,
        f"-------- Message original --------\nDe : {F}\nEnvoyé : 17 novembre 2025 14:02:11 UTC+01:00\nÀ : {HER}\nObjet : Facture\n",
    ),
    case(
        "samsung de flat",
        SHORT,
        f"Von meinem/meiner Galaxy gesendet\n\n-------- Ursprüngliche Nachricht --------Von: {F} Datum: 17.11.25  14:02  (GMT+01:00) An: {HER} Betreff: Rechnung ",
    ),
    case(
        "samsung es",
        SHORT,
        f"Enviado desde mi Galaxy\n\n-------- Mensaje original --------\nDe: {F} \nFecha: 17/11/25  14:02  (GMT+01:00) \nPara: {HER} \nAsunto: Factura \n",
    ),
    case(
        "samsung pl flat",
        SHORT,
        f"-------- Oryginalna wiadomość --------Od: {F} Data: 17.11.2025  14:02  (GMT+01:00) Do: {HER} Temat: Faktura ",
    ),
    case(
        "gmx",
        SHORT,
        f'Gesendet: Montag, 17. November 2025 um 14:02 Uhr\nVon: "{WHO}" <{ADDRESS}>\nAn: {HER}\nBetreff: Rechnung',
    ),
    case(
        "webde forward",
        SHORT,
        f"-------- Weitergeleitete Nachricht --------\nGesendet: Montag, 17. November 2025 um 14:02 Uhr\nVon: {ADDRESS}\nAn: {HER}\nBetreff: Rechnung",
    ),
    case(
        "notes",
        SHORT,
        f"----- Forwarded by Ann Lee/Corp on 17.11.2025 15:00 -----\n\nFrom:\t{F}\nTo:\t{ANN}/Corp@Corp\nDate:\t17.11.2025 14:02\nSubject:\tInvoice\n",
    ),
    case(
        "roundcube",
        SHORT,
        f"-------- Original Message --------\nSubject: Invoice\nDate: 2025-11-17 14:02\nFrom: {F}\nTo: {HER}\n",
    ),
    case(
        "horde de",
        SHORT,
        f"----- Weitergeleitete Nachricht von {ADDRESS} -----\n   Datum: Mon, 17 Nov 2025 14:02:11 +0100\n     Von: {F}\n Betreff: Rechnung\n      An: {HER}\n",
    ),
    case(
        "zimbra",
        SHORT,
        f'----- Forwarded Message -----\nFrom: "{WHO}" <{ADDRESS}>\nTo: "{ANN}" <{HER}>\nSent: Monday, November 17, 2025 2:02:11 PM\nSubject: Invoice\n',
    ),
    case(
        "evolution",
        SHORT,
        f"-------- Forwarded Message --------\nFrom: {F}\nTo: {HER}\nSubject: Invoice\nDate: Mon, 17 Nov 2025 14:02:11 +0000\n",
    ),
    case(
        "mailspring",
        SHORT,
        f"---------- Forwarded Message ---------\nFrom: {F}\nSubject: Invoice\nDate: Nov 17 2025, at 2:02 pm\nTo: {HER}\n",
    ),
    case(
        "inline outlook reply style",
        LONG,
        f"From: {F}\nSent: 17 November 2025 14:02\nTo: {ANN} <{HER}>\nSubject: Invoice",
    ),
    case(
        "inline gmail it",
        SHORT,
        f"Il giorno lun 17 nov 2025 alle ore 14:02 {WHO} <{ADDRESS}> ha scritto:\n",
        body=barred(BODY),
    ),
    case(
        "inline gmail nl",
        SHORT,
        f"Op ma 17 nov 2025 om 14:02 schreef {WHO} <{ADDRESS}>:\n",
        body=barred(BODY),
    ),
    case(
        "inline apple de",
        SHORT,
        f"Am 17.11.2025 um 14:02 schrieb {WHO} <{ADDRESS}>:\n",
        body=barred(BODY),
    ),
    attached("as attachment", SHORT),
    attached("as attachment twice", LONG, twice=True),
    case(
        "two colleagues outlook",
        SHORT,
        f"From: Ben Corp <ben@corp.example>\nSent: Monday, November 17, 2025 3:00 PM\nTo: {ANN} <{HER}>\nSubject: FW: Invoice\n\nfor you\n\nFrom: {F}\nSent: Monday, November 17, 2025 2:02 PM\nTo: Ben Corp <ben@corp.example>\nSubject: Invoice",
    ),
    case(
        "vendor answers us",
        SHORT,
        f"---------- Forwarded message ---------\nFrom: {F}\nDate: Mon, 17 Nov 2025 at 14:02\nSubject: Re: Invoice\nTo: {ANN} <{HER}>\n\nSure, see the new total.\n\nOn Mon, 17 Nov 2025 at 13:00, Ann Lee <{HER}> wrote:\n> is this right?",
    ),
]
