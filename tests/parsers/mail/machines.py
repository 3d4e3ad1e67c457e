"""Mails that machines write, in seven languages, and mails of people that look like them."""

# ruff: noqa: E501 - mails are easier to read in one piece

from collections.abc import Iterator
from typing import NamedTuple

SUBJECT = "EUR 1,234.56 Nordlicht, due 12 Dec [ops 4F7Q]"
LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt")
ANN = "Ann Lee <ann@corp.example>"


class Away(NamedTuple):
    """Out of the office, in one language."""

    exchange: str  # what Exchange puts before the subject
    notes: str  # what Lotus Notes makes of a name
    sieve: str
    note: str  # what people have written under it
    undeliverable: str
    read: str
    unread: str
    receipt: str  # Thunderbird's
    accepted: str
    declined: str
    tentative: str
    ticket: str  # subject and text of a help desk's first answer
    answer: str


AWAY = {
    "en": Away(
        "Automatic reply: {}", "Ann Lee is out of the office (returning 12/03/2026)", "Auto: {}",
        "Thank you for your message. I am out of the office until 3 January with limited access to e-mail.\nFor urgent matters please contact Ben Ode, ben@corp.example. I will reply when I return.",
        "Undeliverable: {}", "Read: {}", "Not read: {}", "Return Receipt (displayed) - {}",
        "Accepted: {}", "Declined: {}", "Tentative: {}",
        "[Ticket #4711] We have received your request", "This is an automated response. We have received your request and will answer within 24 hours.",
    ),
    "de": Away(
        "Automatische Antwort: {}", "Ann Lee ist außer Haus (Rückkehr am 03.12.2026)", "Abwesenheitsnotiz: {}",
        "Vielen Dank für Ihre Nachricht. Ich bin bis zum 3. Januar nicht im Büro und habe nur eingeschränkt Zugriff auf meine E-Mails.\nIn dringenden Fällen wenden Sie sich bitte an Ben Ode. Ich melde mich nach meiner Rückkehr.",
        "Unzustellbar: {}", "Gelesen: {}", "Nicht gelesen: {}", "Empfangsbestätigung (angezeigt) - {}",
        "Zugesagt: {}", "Abgelehnt: {}", "Mit Vorbehalt: {}",
        "[Ticket#4711] Ihre Anfrage ist bei uns eingegangen", "Dies ist eine automatische Antwort. Wir haben Ihre Anfrage erhalten und melden uns in Kürze.",
    ),
    "fr": Away(
        "Réponse automatique : {}", "Ann Lee est absente du bureau (retour le 03/12/2026)", "Message d'absence : {}",
        "Merci pour votre message. Je suis absente du bureau jusqu'au 3 janvier et ne consulte pas mes e-mails régulièrement.\nEn cas d'urgence, veuillez contacter Ben Ode. Je vous répondrai à mon retour.",
        "Non remis : {}", "Lu : {}", "Non lu : {}", "Accusé de réception (affiché) - {}",
        "Accepté : {}", "Refusé : {}", "Provisoire : {}",
        "[Ticket #4711] Nous avons bien reçu votre demande", "Ceci est une réponse automatique. Nous avons bien reçu votre demande et vous répondrons sous 24 heures.",
    ),
    "es": Away(
        "Respuesta automática: {}", "Ann Lee está fuera de la oficina (vuelve el 03/12/2026)", "Fuera de la oficina: {}",
        "Gracias por su mensaje. Estaré fuera de la oficina hasta el 3 de enero con acceso limitado al correo.\nPara asuntos urgentes, póngase en contacto con Ben Ode. Le responderé a mi regreso.",
        "No se puede entregar: {}", "Leído: {}", "No leído: {}", "Acuse de recibo (mostrado) - {}",
        "Aceptada: {}", "Rechazada: {}", "Provisional: {}",
        "[Ticket #4711] Hemos recibido su solicitud", "Esta es una respuesta automática. Hemos recibido su solicitud y le contestaremos en 24 horas.",
    ),
    "it": Away(
        "Risposta automatica: {}", "Ann Lee è fuori ufficio (ritorno il 03/12/2026)", "Fuori ufficio: {}",
        "Grazie per il messaggio. Sono fuori ufficio fino al 3 gennaio con accesso limitato alla posta.\nPer urgenze potete contattare Ben Ode. Risponderò al mio rientro.",
        "Non recapitabile: {}", "Letto: {}", "Non letto: {}", "Ricevuta di ritorno (visualizzata) - {}",
        "Accettato: {}", "Rifiutato: {}", "Provvisorio: {}",
        "[Ticket #4711] Abbiamo ricevuto la sua richiesta", "Questo è un messaggio automatico. Abbiamo ricevuto la sua richiesta e risponderemo entro 24 ore.",
    ),
    "nl": Away(
        "Automatisch antwoord: {}", "Ann Lee is afwezig (terug op 03-12-2026)", "Afwezigheidsbericht: {}",
        "Bedankt voor uw bericht. Ik ben tot 3 januari niet op kantoor en lees mijn e-mail niet regelmatig.\nVoor dringende zaken kunt u contact opnemen met Ben Ode. Na mijn terugkeer neem ik contact met u op.",
        "Onbestelbaar: {}", "Gelezen: {}", "Niet gelezen: {}", "Ontvangstbevestiging (weergegeven) - {}",
        "Geaccepteerd: {}", "Geweigerd: {}", "Voorlopig: {}",
        "[Ticket #4711] Wij hebben uw aanvraag ontvangen", "Dit is een automatisch gegenereerd bericht. Wij hebben uw aanvraag ontvangen en antwoorden binnen 24 uur.",
    ),
    "pt": Away(
        "Resposta automática: {}", "Ann Lee está ausente do escritório (regresso em 03/12/2026)", "Ausência temporária: {}",
        "Obrigada pela sua mensagem. Estou fora do escritório até 3 de janeiro, com acesso limitado ao e-mail.\nEm caso de urgência, por favor contacte Ben Ode. Responderei quando regressar.",
        "Não é possível entregar: {}", "Lida: {}", "Não lida: {}", "Recibo de leitura (exibida) - {}",
        "Aceite: {}", "Recusado: {}", "Provisório: {}",
        "[Ticket #4711] Recebemos o seu pedido", "Esta é uma resposta automática. Recebemos o seu pedido e responderemos em 24 horas.",
    ),
}  # fmt: skip
_DAEMON = "Mail Delivery System <MAILER-DAEMON@mx.corp.example>"
_REPORT = 'Content-Type: multipart/report; report-type={}; boundary="b"\n'
_CALENDAR = "Content-Type: text/calendar; method=REPLY; charset=utf-8\n"


def mail(
    subject: str = f"Re: {SUBJECT}", extra: str = "", body: str = "approve", sender: str = ANN
) -> bytes:
    text = (
        f"From: {sender}\nTo: ops@corp.example\nSubject: {subject}\n"
        f"Date: Fri, 20 Nov 2026 10:00:00 +0000\nMessage-ID: <m1@corp.example>\n{extra}"
    )
    text += "" if "Content-Type" in extra else "Content-Type: text/plain; charset=utf-8\n"
    return f"{text}\n{body}\n".replace("\n", "\r\n").encode()


def away() -> Iterator[tuple[str, bytes]]:
    """Out-of-office notes of what writes them, in seven languages."""
    for language, w in AWAY.items():
        exchange = w.exchange.format(SUBJECT)
        suppress = "X-Auto-Response-Suppress: All\n"
        answers = "In-Reply-To: <draft@corp.example>\n"
        for system, raw in {
            "exchange": mail(exchange, suppress + "Auto-Submitted: auto-generated\n", w.note),
            "exchange, headers stripped": mail(exchange, suppress, w.note),
            "gmail": mail(f"Re: {SUBJECT}", "Precedence: bulk\nX-Autoreply: yes\n", w.note),
            "gmail, subject of one's own": mail("Holidays!", "Auto-Submitted: auto-replied\n", w.note),
            "sieve": mail(w.sieve.format(SUBJECT), "Auto-Submitted: auto-replied (vacation)\n", w.note),
            "sieve, headers stripped": mail(w.sieve.format(SUBJECT), answers, w.note),
            "notes": mail(w.notes, "X-Mailer: Lotus Domino\n", w.note),
            "cpanel": mail(f"Re: {SUBJECT}", "X-Autorespond: yes\nPrecedence: auto_reply\n", w.note),
            "icloud": mail(f"Re: {SUBJECT}", "X-Mailer: iCloud\nAuto-submitted: auto-replied\n", w.note),
            "zoho": mail(f"Re: {SUBJECT}", "Auto-Submitted: auto-replied\nX-Mailer: Zoho\n", w.note),
            "nothing in the header": mail(f"Re: {SUBJECT}", answers, w.note),
            "html alone": mail(
                f"Re: {SUBJECT}", answers + "Content-Type: text/html; charset=utf-8\n",
                f"<html><body><p>{w.note.replace(chr(10), '</p><p>')}</p></body></html>"),
        }.items():  # fmt: skip
            yield f"{language}-{system}", raw


def notices() -> Iterator[tuple[str, bytes]]:
    """Receipts, answers to invitations, bounces and tickets, in seven languages."""
    for language, w in AWAY.items():
        mdn = _REPORT.format("disposition-notification")
        dsn = _REPORT.format("delivery-status")
        for system, raw in {
            "exchange bounce": mail(w.undeliverable.format(SUBJECT), dsn, "--b\n\nno\n--b--", "Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@corp.example>"),
            "exchange bounce, as text": mail(w.undeliverable.format(SUBJECT), "", "ben@corp.example", "System <system@mx.corp.example>"),
            "read": mail(w.read.format(SUBJECT), mdn, "--b\n\nread\n--b--"),
            "read, as text": mail(w.read.format(SUBJECT), "", "read on Friday"),
            "not read": mail(w.unread.format(SUBJECT), "", "deleted"),
            "thunderbird receipt": mail(w.receipt.format(SUBJECT), mdn, "--b\n\nread\n--b--"),
            "thunderbird receipt, as text": mail(w.receipt.format(SUBJECT), "", "displayed"),
            "accepted": mail(w.accepted.format(SUBJECT), _CALENDAR, "BEGIN:VCALENDAR"),
            "accepted, as text": mail(w.accepted.format(SUBJECT), "", ""),
            "declined, as text": mail(w.declined.format(SUBJECT), "", "sorry"),
            "tentative, as text": mail(w.tentative.format(SUBJECT), "", ""),
            "ticket": mail(w.ticket, "Auto-Submitted: auto-generated\nX-Zendesk-From-Account-Id: 1\n", w.answer, "Support <support@help.example>"),
            "ticket, headers stripped": mail(w.ticket, "", w.answer, "Support <support@help.example>"),
        }.items():  # fmt: skip
            yield f"{language}-{system}", raw


_FIELDS = {
    "freshdesk": "X-Freshdesk-Ticket: 1\nAuto-Submitted: auto-generated\n",
    "otrs": "X-OTRS-Loop: ops@corp.example\nPrecedence: bulk\n",
    "request tracker": "RT-Ticket: corp #7\nX-RT-Loop-Prevention: corp\n",
    "jira": "X-JIRA-FingerPrint: 1f\nPrecedence: bulk\n",
    "servicenow": "X-ServiceNow-Generated: true\n",
    "google group": "Mailing-List: list all@groups.corp.example; contact all+owners@groups.corp.example\nList-ID: <all.groups.corp.example>\n",
    "ezmlm": "Mailing-List: contact all-help@lists.corp.example; run by ezmlm\nPrecedence: bulk\n",
    "mailman 3": "X-MailFrom: ann@corp.example\nX-Mailman-Version: 3.3\n",
    "sympa": "X-Loop: all@lists.corp.example\nX-Sequence: 12\nPrecedence: list\n",
    "newsletter": "List-Unsubscribe: <https://x.example/u>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\n",
    "bulk mailer": "Feedback-ID: 12:34:newsletter\n",
    "campaign": "X-Campaign: autumn\nX-CampaignID: 7\n",
    "another agent": "Auto-Submitted: auto-generated\n",
    "another agent, answering": "Auto-Submitted: auto-replied; owner-email=\"a@corp.example\"\n",
    "cron": "X-Cron-Env: <SHELL=/bin/sh>\n",
    "auto responder": "X-Autoresponder: 1\n",
    "exchange's own": "X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent\n",
    "junk": "Precedence: junk\n",
    "no return path": "Return-Path: <>\n",
    "tmda": "X-Delivery-Agent: TMDA/1.1\nX-Primary-Address: ann@corp.example\nAuto-Submitted: auto-replied\n",
    "abuse report": _REPORT.format("feedback-report"),
    "delivery status alone": "Content-Type: message/delivery-status\n",
    "calendar counter": "Content-Type: text/calendar; method=COUNTER\n",
    "rule forward": "X-MS-Exchange-Inbox-Rules-Loop: ann@corp.example\nAuto-Submitted: auto-generated\n",
}  # fmt: skip
_SENDERS = (
    "no-reply@shop.example", "noreply@shop.example", "No Reply <no.reply@shop.example>", "donotreply@shop.example",
    "ne-pas-repondre@boutique.example", "nepasrepondre@boutique.example", "no-responder@tienda.example",
    "noresponder@tienda.example", "nicht-antworten@laden.example", "keine-antwort@laden.example", "keineantwort@laden.example",
    "non-rispondere@negozio.example", "nonrispondere@negozio.example", "niet-beantwoorden@winkel.example",
    "nao-responda@loja.example", "naoresponda@loja.example", "MAILER-DAEMON@mx.example", "postmaster@mx.example",
    "mailer@mx.example", "notifications@git.example", "notification+x7@social.example", "calendar-notification@cal.example",
    "bounce+7f@mail.example", "bounces@mail.example", "list-owner-bounces@lists.example", "alerts@monitor.example",
    "newsletter@shop.example", "autoreply@corp.example", "auto-confirm@shop.example", "robot@corp.example",
    "reply-7f@mail.no-reply.example", "MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@corp.example",
)  # fmt: skip
_REPORTS = (
    ("Undelivered Mail Returned to Sender", "This is the mail system at host mx.corp.example.\n\nI'm sorry to have to inform you that your message could not be delivered"),
    ("Mail delivery failed: returning message to sender", "This message was created automatically by mail delivery software."),
    ("Delivery Status Notification (Failure)", "The following message to <ben@corp.example> was undeliverable."),
    ("Delivery Status Notification (Delay)", "This is an automatically generated Delivery Delay Notification."),
    ("failure notice", "Hi. This is the qmail-send program at mx.corp.example."),
    ("Returned mail: see transcript for details", "The original message was received at Fri, 20 Nov 2026"),
    ("Warning: could not send message for past 4 hours", "The original message was received at Fri"),
    ("Mail System Error - Returned Mail", "This Message was undeliverable due to the following reason:"),
    ("Undeliverable Mail", "User unknown: ben@corp.example"),
    ("DELIVERY FAILURE: User ben (ben@corp.example) not listed in Domino Directory", "Your message\n\nwas not delivered to:"),
    ("Message status - undeliverable", "The attached file had the following undeliverable recipient(s):"),
    ("Permanent Delivery Failure", "The attached message had PERMANENT fatal delivery errors!"),
    ("Delayed Mail (still being retried)", "This is the mail system at host mx.corp.example."),
    ("Warning: message 1kgAbC-0001 delayed 24 hours", "This message was created automatically"),
    ("Delivery delayed:EUR 5", "Message delivery has been delayed"),
    ("Message could not be delivered", "ben@corp.example: mailbox full"),
    ("Mailbox full: EUR 5", "Your message could not be delivered because the mailbox is full."),
    ("Nondeliverable mail", "------Transcript of session follows -------"),
    ("Returned mail: Host unknown", "----- The following addresses had permanent fatal errors -----"),
    ("Mail could not be delivered", "Sorry. Your mail could not be delivered."),
    ("Message delayed", "Your message has not yet been delivered to ben@corp.example. This is an automated message."),
    ("Zustellung fehlgeschlagen", "Ihre Nachricht konnte nicht zugestellt werden."),
    ("Échec de la remise", "Votre message n'a pas pu être remis."),
    ("Error de entrega", "No se pudo entregar su mensaje."),
    ("Mancata consegna", "Il messaggio non è stato recapitato."),
    ("Falha na entrega", "A sua mensagem não pôde ser entregue."),
    ("Bezorging mislukt", "Uw bericht kon niet worden bezorgd."),
)  # fmt: skip
_CHALLENGES = (
    ("Re: EUR 5 (verify)", "This account is protected by SpamStop. Please click on the following link to have your message delivered:\nhttps://x.example/7"),
    ("Please confirm your message", "Your message has been held. To deliver it, please click the link below:\nhttps://x.example/7"),
)  # fmt: skip


def machines() -> dict[str, bytes]:
    """All of them by name."""
    found = dict([*away(), *notices()])
    found |= {f"field-{name}": mail(extra=fields) for name, fields in _FIELDS.items()}
    found |= {f"sender-{sender}": mail(SUBJECT, sender=sender) for sender in _SENDERS}
    for subject, body in _REPORTS:
        found[f"report-{subject}"] = mail(subject, "", body, _DAEMON)
        found[f"bare report-{subject}"] = mail(
            subject, "", body, "Mail System <system@mx.corp.example>"
        )
    found |= {f"challenge-{s}": mail(s, body=body) for s, body in _CHALLENGES}
    return found


_SAID = (
    "I am out of office tomorrow, approve",
    "approve\n\nI am out of the office from Monday, Ben decides then.",
    "I'm out of the office until Monday but this one is fine: approve",
    "Ich bin ab morgen nicht im Büro. Freigegeben.",
    "bin im Urlaub, aber passt: freigeben",
    "je suis absent demain, approuvé",
    "estoy fuera de la oficina, pero aprobado",
    "sono fuori ufficio domani, approvato",
    "ik ben morgen niet op kantoor, akkoord",
    "estou fora do escritório amanhã, aprovado",
    "Out of office until Monday, approve this one; urgent ones go to Ben",
    "Bin bis Montag im Urlaub, freigeben. Dringendes bitte an Ben.",
    "En vacances jusqu'au 3, urgent: approuvé",
    "De vacaciones hasta el lunes. Es urgente, aprobado.",
    "reject, this is an automatic renewal we never ordered",
    "why? The automatic reply of the vendor said something else",
    "later, I am travelling and have limited access",
    "approve. Contact Ben for urgent matters while I am away.",
    "their mail was undeliverable, ask them again",
    "I got this:\n> Your message could not be delivered to ben@corp.example\nwhat now?",
    "> This message was created automatically by mail delivery software.\n\nis this spam?",
    "please unsubscribe us from this newsletter",
    "delegate ben@corp.example",
    "They wrote: I am out of the office until 3 January. So later 3 Jan.",
    "ok\n\nSent from my iPhone",
    "approve\n-- \nAnn Lee\nThis message was sent automatically signed by our gateway",
)
_SUBJECTS = (
    f"Re: {SUBJECT}", f"AW: {SUBJECT}", f"Re: Automatic reply: {SUBJECT}", f"Fwd: Automatic reply: {SUBJECT}",
    f"WG: Automatische Antwort: {SUBJECT}", f"TR : Réponse automatique : {SUBJECT}", f"Re: Undeliverable: {SUBJECT}",
    "Fwd: Undelivered Mail Returned to Sender", f"Re: Out of office: {SUBJECT}", "Re: Accepted: board call", "away until 3 Jan, ben decides",
    "Out of office supplies", "Out of office furniture: three quotes", "Abwesenheiten im Dezember", "Absences du personnel",
    "Delivery failure of pallet 7", "Delivery delayed by the carrier again", "Read the contract, please", "Reading list", "Accepted terms of Nordlicht",
    "Automation replaces paper", "Automatic payments: a question", "Automatische Zahlungen einrichten?", "Newsletter costs 2026", "Return of the broken laptop",
    "Failure of the heating", "Warning: the landlord called", "Provisional budget", "Vacation days of Ben", "Urlaub Ben: wer zeichnet?",
    "Mailbox full of invoices", "Ticket for the train", "Undo please",
)  # fmt: skip
_PEOPLE = (
    "Noah Reply <noah.repley@corp.example>", "Damon <daemonique@corp.example>", "Al Ert <alert.ann@corp.example>",
    "Ann at lists <ann@lists.corp.example>", "Bounce House Rentals <info@bounce-house.example>", "Auto Meier <auto.meier@autohaus.example>",
    "Robert <robot.lover@home.example>", "Post <post@corp.example>", "Office <office@corp.example>", "Ben <ben@newsletter.example>",
    "Nora Eply <n.oreply@corp.example>", "Support <support@corp.example>", "Ann via phone <ann+bounce@corp.example>",
    "Master of Post <postmasters.ben@corp.example>",
)  # fmt: skip
_HEADERS = (
    "X-Auto-Response-Suppress: All\n", "X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply\n", "Auto-Submitted: no\n", "Precedence: first-class\n",
    "Return-Path: <ann@corp.example>\n", "X-Mailer: iPhone Mail (20A362)\n", "Importance: high\nX-Priority: 1\n", "X-MS-Has-Attach: yes\nX-MS-TNEF-Correlator: \n",
    "Disposition-Notification-To: ann@corp.example\n", "X-Mailing-List-Id: 7\n", "X-Autoreply: no\n", "X-Originating-IP: [192.0.2.7]\nX-Spam-Status: No\n",
    "Content-Type: text/calendar; method=REQUEST\n",
)  # fmt: skip


def people() -> dict[str, bytes]:
    """People that look like machines, by name."""
    found = {f"said-{said[:40]}": mail(body=said) for said in _SAID}
    found |= {f"subject-{subject}": mail(subject) for subject in _SUBJECTS}
    found |= {f"sender-{sender}": mail(sender=sender) for sender in _PEOPLE}
    return found | {f"header-{fields}": mail(extra=fields) for fields in _HEADERS}
