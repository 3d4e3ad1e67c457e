"""Public papers sent on as people's mail programs do it, with as few words as people write."""

import html
from collections.abc import Iterator

from tests.triage.mails import (
    BULK_HEADERS,
    OWNER,
    Labelled,
    Part,
    Text,
    Writer,
    attach,
    calendar,
    public_papers,
)

# language -> the names of From, Sent, To, Subject; the line above a forward; "see attached"; thanks
_SAYS = {
    "en": ("From", "Sent", "To", "Subject", "Forwarded message", "see attached", "Attached."),
    "de": ("Von", "Gesendet", "An", "Betreff", "Weitergeleitete Mail", "siehe Anhang", "Hier."),
    "fr": ("De", "Envoyé", "À", "Objet", "Message transféré", "voir pièce jointe", "Ci-joint."),
    "es": ("De", "Enviado", "Para", "Asunto", "Mensaje reenviado", "ver adjunto", "Adjunto."),
    "it": ("Da", "Inviato", "A", "Oggetto", "Messaggio inoltrato", "vedi allegato", "In allegato."),
    "nl": ("Van", "Verzonden", "Aan", "Onderwerp", "Doorgestuurd bericht", "zie bijlage", "Bij."),
}  # fmt: skip
_PROGRAMS = ("outlook", "gmail", "apple", "thunderbird", "mobile", "bare", "machine", "campaign")
_SUBJECTS = ("Fwd:", "", "FW: ", "{firm}", "Fwd: Fwd: ")


def _body(program: str, language: str, writer: Writer) -> str:
    name_from, sent, to, subject, forwarded, see, brief = _SAYS[language]
    head = "\n".join(
        (
            f"{name_from}: {writer.vendor}",
            f"{sent}: {writer.at:%d.%m.%Y %H:%M}",
            f"{to}: {OWNER}",
            f"{subject}: {writer.firm} {writer.gaps['number']}",
        )
    )
    return {
        "outlook": f"{see}\n\n{'_' * 32}\n{head}\n\n{brief}\n",
        "gmail": f"---------- {forwarded} ---------\n{head}\n\n\n{brief}\n",
        "apple": f"\n\n{forwarded}:\n\n> " + head.replace("\n", "\n> ") + f"\n> \n> {brief}\n",
        "thunderbird": f"\n\n-------- {forwarded} --------\n{head}\n\n{brief}\n",
        "mobile": f"{see}\n\nSent from my iPhone\n\n{forwarded}:\n\n{head}\n",
    }.get(program, f"{brief}\n")


def _sent(name: str, language: str, program: str, at: int, part: Part) -> Labelled:
    writer = Writer(name, language)
    subject = writer.fill(_SUBJECTS[at % len(_SUBJECTS)])
    text = Text(subject, _body(program, language, writer))
    ours = program not in ("bare", "machine", "campaign")
    sender = f"Ann Lee <{OWNER}>" if ours else writer.machine("receipts")
    mail = writer.mail(sender, text)
    if at % 2:
        body = html.escape(text.body).replace("\n", "<br>")
        mail.add_alternative(f"<div>{body}</div>", subtype="html")
    if program == "campaign":
        for header, value in BULK_HEADERS.items():
            mail[header] = value
    if program == "machine":
        mail["Auto-Submitted"] = "auto-generated"
    attach(mail, part)
    return Labelled(name, mail.as_bytes(), "", language, program, ours)


def sent_on() -> Iterator[Labelled]:
    """Public papers and invitations, each by another program."""
    languages = tuple(_SAYS)
    rows = [*public_papers(), *calendar()]
    for at, (_language, kind, part) in enumerate(rows):
        language = languages[at % len(languages)]
        program = _PROGRAMS[at % len(_PROGRAMS)]
        name = f"clients/{at}/{language}/{program}"
        mail = _sent(name, language, program, at, part)
        if kind != "other" and not (kind == "automatic" and mail.ours):  # nobody sends an answer on
            yield mail._replace(kind=kind)
