"""Mails about meetings to people outside: every word of them, in the language of the asker.

What is not written here is typed by the person who approves it.
"""

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel.dates import format_datetime, format_time


class Phrases(NamedTuple):
    """One language."""

    locale: str
    hello: str
    regards: str
    assistant: str
    offer: str
    found: str  # instead of it, where one of us asked for a time in a talk with others
    held: str
    agree: str
    accept: str
    counter: str
    decline: str
    regret: str
    kept: str
    cancel: str
    update: str
    why: str


PHRASES = {
    "en": Phrases(
        locale="en_GB",
        hello="Hello,",
        regards="Kind regards",
        assistant="I am the automated assistant of {person}, who approved this message. "
        "To reach {person}, write *human* in your reply.",
        offer="thank you for your message. {person} could meet at one of these times:",
        found="{person} asked me to find a time. These would be possible:",
        held="They are held until {until}. Which one suits you? Any other suggestion is welcome.",
        agree="{person} is happy to meet: {when}. The invitation is attached.",
        accept="{person} accepts: {title}, {when}.",
        counter="{person} cannot make {when} and asks for this time instead: {other}.",
        decline="{person} cannot come: {title}, {when}.",
        regret="{person} cannot meet: {title}.",
        kept="{title} stays at this time: {when}.",
        cancel="{title}, {when}, does not take place.",
        update="{title} is now at this time: {when}.",
        why="Reason: {reason}",
    ),
    "de": Phrases(
        locale="de_DE",
        hello="Guten Tag,",
        regards="Mit freundlichen Grüßen",
        assistant="Ich bin der automatische Assistent von {person}; {person} hat diese Nachricht "
        "genehmigt. Wenn Sie {person} selbst erreichen möchten, schreiben Sie *human* in Ihre "
        "Antwort.",
        offer="vielen Dank für Ihre Nachricht. {person} könnte zu einer dieser Zeiten:",
        found="{person} hat mich gebeten, einen Termin zu finden. Möglich wären:",
        held="Sie sind bis {until} vorgemerkt. Welche passt Ihnen? Auch ein anderer Vorschlag ist "
        "willkommen.",
        agree="{person} nimmt den Termin gerne wahr: {when}. Die Einladung liegt bei.",
        accept="{person} sagt zu: {title}, {when}.",
        counter="{person} kann {when} nicht und schlägt stattdessen vor: {other}.",
        decline="{person} kann nicht teilnehmen: {title}, {when}.",
        regret="{person} kann leider nicht: {title}.",
        kept="{title} bleibt bei dieser Zeit: {when}.",
        cancel="{title}, {when}, findet nicht statt.",
        update="{title} findet nun zu dieser Zeit statt: {when}.",
        why="Grund: {reason}",
    ),
    "fr": Phrases(
        locale="fr_FR",
        hello="Bonjour,",
        regards="Cordialement",
        assistant="Je suis l'assistant automatique de {person}, qui a approuvé ce message. "
        "Pour joindre {person}, écrivez *human* dans votre réponse.",
        offer="merci de votre message. {person} pourrait vous rencontrer à l'un de ces moments :",
        found="{person} m'a demandé de trouver un moment. Seraient possibles :",
        held="Ils sont réservés jusqu'au {until}. Lequel vous convient ? Toute autre suggestion "
        "est la bienvenue.",
        agree="{person} accepte volontiers : {when}. L'invitation est jointe.",
        accept="{person} accepte : {title}, {when}.",
        counter="{person} n'est pas disponible {when} et propose plutôt : {other}.",
        decline="{person} ne peut pas participer : {title}, {when}.",
        regret="{person} n'est malheureusement pas disponible : {title}.",
        kept="{title} reste à ce moment : {when}.",
        cancel="{title}, {when}, n'aura pas lieu.",
        update="{title} a maintenant lieu à ce moment : {when}.",
        why="Motif : {reason}",
    ),
    "es": Phrases(
        locale="es_ES",
        hello="Buenos días:",
        regards="Saludos cordiales",
        assistant="Soy el asistente automático de {person}, que ha aprobado este mensaje. "
        "Para contactar con {person}, escriba *human* en su respuesta.",
        offer="gracias por su mensaje. {person} podría reunirse en uno de estos momentos:",
        found="{person} me ha pedido que busque un momento. Serían posibles:",
        held="Están reservados hasta el {until}. ¿Cuál le conviene? Cualquier otra propuesta es "
        "bienvenida.",
        agree="{person} acepta con gusto: {when}. Se adjunta la invitación.",
        accept="{person} acepta: {title}, {when}.",
        counter="{person} no puede {when} y propone en su lugar: {other}.",
        decline="{person} no puede asistir: {title}, {when}.",
        regret="{person} no puede reunirse: {title}.",
        kept="{title} se mantiene en este momento: {when}.",
        cancel="{title}, {when}, no tendrá lugar.",
        update="{title} es ahora en este momento: {when}.",
        why="Motivo: {reason}",
    ),
    "it": Phrases(
        locale="it_IT",
        hello="Buongiorno,",
        regards="Cordiali saluti",
        assistant="Sono l'assistente automatico di {person}, che ha approvato questo messaggio. "
        "Per contattare {person}, scriva *human* nella risposta.",
        offer="grazie per il messaggio. {person} potrebbe incontrarsi in uno di questi momenti:",
        found="{person} mi ha chiesto di trovare un momento. Sarebbero possibili:",
        held="Sono riservati fino al {until}. Quale preferisce? Ogni altra proposta è benvenuta.",
        agree="{person} accetta volentieri: {when}. L'invito è allegato.",
        accept="{person} accetta: {title}, {when}.",
        counter="{person} non può {when} e propone invece: {other}.",
        decline="{person} non può partecipare: {title}, {when}.",
        regret="{person} purtroppo non può: {title}.",
        kept="{title} resta in questo momento: {when}.",
        cancel="{title}, {when}, non avrà luogo.",
        update="{title} è ora in questo momento: {when}.",
        why="Motivo: {reason}",
    ),
    "nl": Phrases(
        locale="nl_NL",
        hello="Goedendag,",
        regards="Met vriendelijke groet",
        assistant="Ik ben de automatische assistent van {person}, die dit bericht heeft "
        "goedgekeurd. Wilt u {person} zelf bereiken, schrijf dan *human* in uw antwoord.",
        offer="dank voor uw bericht. {person} kan op een van deze tijden:",
        found="{person} heeft mij gevraagd een moment te vinden. Mogelijk zijn:",
        held="Ze zijn vastgehouden tot {until}. Welke schikt u? Een ander voorstel is ook welkom.",
        agree="{person} komt graag: {when}. De uitnodiging is bijgevoegd.",
        accept="{person} neemt deel: {title}, {when}.",
        counter="{person} kan niet op {when} en stelt in plaats daarvan voor: {other}.",
        decline="{person} kan niet komen: {title}, {when}.",
        regret="{person} kan helaas niet: {title}.",
        kept="{title} blijft op dit moment: {when}.",
        cancel="{title}, {when}, gaat niet door.",
        update="{title} is nu op dit moment: {when}.",
        why="Reden: {reason}",
    ),
    "pt": Phrases(
        locale="pt_PT",
        hello="Bom dia,",
        regards="Com os melhores cumprimentos",
        assistant="Sou o assistente automático de {person}, que aprovou esta mensagem. "
        "Para contactar {person}, escreva *human* na sua resposta.",
        offer="obrigado pela sua mensagem. {person} poderia reunir-se num destes momentos:",
        found="{person} pediu-me que encontrasse um momento. Seriam possíveis:",
        held="Estão reservados até {until}. Qual lhe convém? Qualquer outra proposta é bem-vinda.",
        agree="{person} aceita com todo o gosto: {when}. O convite segue em anexo.",
        accept="{person} aceita: {title}, {when}.",
        counter="{person} não pode {when} e propõe em alternativa: {other}.",
        decline="{person} não pode participar: {title}, {when}.",
        regret="{person} infelizmente não pode: {title}.",
        kept="{title} mantém-se neste momento: {when}.",
        cancel="{title}, {when}, não se realiza.",
        update="{title} passa a ser neste momento: {when}.",
        why="Motivo: {reason}",
    ),
}


def language(text: str) -> str:
    """One in which we can write: `fr`."""
    known = text.strip().lower()[:2]
    if known not in PHRASES:
        raise ValueError(f"is none of {', '.join(PHRASES)}")
    return known


class Writer(NamedTuple):
    """In whose name, in which language, and by which clocks."""

    language: str
    person: str
    company: str
    zone: str  # ours
    theirs: str = ""  # the asker's, where it is known

    @property
    def phrases(self) -> Phrases:
        """English where we have no words."""
        return PHRASES.get(self.language, PHRASES["en"])

    def when(self, start: datetime, end: datetime) -> str:
        """Thursday 3 December 2026, 10:00-10:30 (Europe/Berlin); by their clock first."""
        zones = list(dict.fromkeys(filter(None, (self.theirs, self.zone))))
        first, *others = (self._by(zone, start, end) for zone in zones)
        return f"{first} = {others[0]}" if others and self._differ(start) else first

    def day(self, moment: datetime) -> str:
        """Thursday 3 December 2026."""
        return self._day(moment.astimezone(ZoneInfo(self.theirs or self.zone)))

    def _differ(self, at: datetime) -> bool:
        ours, theirs = (at.astimezone(ZoneInfo(z)) for z in (self.zone, self.theirs or self.zone))
        return ours.utcoffset() != theirs.utcoffset()

    def _by(self, zone: str, start: datetime, end: datetime) -> str:
        here, till = (moment.astimezone(ZoneInfo(zone)) for moment in (start, end))
        clock = f"{self._clock(here)}\u2013{self._clock(till)}"
        return f"{self._day(here)}, {clock} ({zone})"

    def _day(self, moment: datetime) -> str:
        pattern = "EEEE, d. MMMM y" if self.language == "de" else "EEEE d MMMM y"
        return format_datetime(moment, pattern, locale=self.phrases.locale)

    def _clock(self, moment: datetime) -> str:
        return format_time(moment, "HH:mm", locale=self.phrases.locale)

    def letter(self, *paragraphs: str) -> str:
        """The whole text around these."""
        said = self.phrases
        body = "\n\n".join(filter(None, paragraphs))
        signed = said.assistant.format(person=self.person)
        return f"{said.hello}\n\n{body}\n\n{said.regards}\n{self.company}\n\n-- \n{signed}\n"

    def about(self, name: str, reason: str = "", **gaps: str) -> str:
        """A whole text that says one thing."""
        phrase: str = getattr(self.phrases, name)
        because = self.phrases.why.format(reason=reason) if reason else ""
        return self.letter(phrase.format(person=self.person, **gaps), because)
