"""Which failed checks asking the sender settles, and what is asked then."""

from mailagent.core.proposal import Proposal, Purpose, stops

# A mail may come from whoever changed the account: of that nobody asks by mail.
BY_PHONE = frozenset({"bank_account", "page_account", "payee_as_read", "look_alike"})
_QUESTIONS = {
    "order_known": {
        "en": "your bill {number} names the order {order}, which we do not know. Which order of "
        "ours is it for?",
        "de": "Ihre Rechnung {number} nennt die Bestellung {order}, die wir nicht kennen. Zu "
        "welcher unserer Bestellungen gehört sie?",
    },
    "order_amount": {
        "en": "your bill {number} comes to more than we ordered with {order}. What is the "
        "difference for?",
        "de": "Ihre Rechnung {number} ist höher als unsere Bestellung {order}. Wofür ist der "
        "Unterschied?",
    },
    "order_prices": {
        "en": "prices on your bill {number} are higher than those of our order {order}. Could you "
        "look into it, and correct the bill if need be?",
        "de": "Preise auf Ihrer Rechnung {number} sind höher als in unserer Bestellung {order}. "
        "Würden Sie das prüfen und die Rechnung gegebenenfalls berichtigen?",
    },
    "order_quantities": {
        "en": "your bill {number} charges more than was ordered or delivered with {order}. Could "
        "you look into it, and correct the bill if need be?",
        "de": "Ihre Rechnung {number} berechnet mehr, als mit {order} bestellt oder geliefert "
        "wurde. Würden Sie das prüfen und die Rechnung gegebenenfalls berichtigen?",
    },
    "buyer": {
        "en": "your bill {number} is addressed to {buyer}. We are {company}. Could you send it "
        "made out to us, if it is for us?",
        "de": "Ihre Rechnung {number} ist an {buyer} gerichtet. Wir sind {company}. Würden Sie sie "
        "auf uns ausstellen, falls sie für uns ist?",
    },
    "buyer_vat": {
        "en": "your bill {number} shows the tax number {buyer_vat} for us, which is not ours. "
        "Could you send a corrected one?",
        "de": "Ihre Rechnung {number} nennt als unsere Steuernummer {buyer_vat}; das ist nicht "
        "unsere. Würden Sie eine berichtigte senden?",
    },
    "signed": {
        "en": "our copy of \u201c{document}\u201d is not signed. Could you send the signed one?",
        "de": "Unser Exemplar von \u201e{document}\u201c ist nicht unterschrieben. Würden Sie das "
        "unterschriebene senden?",
    },
    "annexes_there": {
        "en": "our copy of \u201c{document}\u201d lacks what it says is attached to it: {missing}. "
        "Could you send it with all of its annexes?",
        "de": "Unserem Exemplar von \u201e{document}\u201c fehlt, was laut Text beigefügt ist: "
        "{missing}. Würden Sie es mit allen Anlagen senden?",
    },
    "totals_add_up": {
        "en": "on your bill {number} net and tax do not make the total. Which amounts are right?",
        "de": "Auf Ihrer Rechnung {number} ergeben Netto und Steuer nicht den Gesamtbetrag. Welche "
        "Beträge stimmen?",
    },
}


# What a contract lacks is asked for together, and without being told to.
_CHASED = ("signed", "annexes_there")


def worth_chasing(proposal: Proposal) -> bool:
    """Whether its sender is asked for what is missing, in a mail that waits for approval."""
    failed = {check.name for check in proposal.failed_checks}
    whole = proposal.version == 1 and proposal.purpose is Purpose.DO and not stops(proposal)
    return whole and bool(failed.intersection(_CHASED)) and not failed & BY_PHONE


def worth_asking(proposal: Proposal, language: str, company: str) -> str:
    """What to ask the sender; empty where an answer would settle nothing, or could deceive."""
    failed = [check.name for check in proposal.failed_checks]
    if BY_PHONE.intersection(failed):
        return ""
    asked = [name for name in _QUESTIONS if name in failed]
    together = [name for name in asked if name in _CHASED] or asked[:1]
    read = proposal.reading.text
    gaps = {
        "number": read("invoice_number"),
        "order": read("po_number"),
        "buyer": read("buyer_name"),
        "buyer_vat": read("buyer_vat"),
        "company": company,
        "document": read("document_name") or proposal.title,
        "missing": _missing(proposal),
    }
    return "\n\n".join(_QUESTIONS[name][language].format_map(gaps) for name in together)


def _missing(proposal: Proposal) -> str:
    """As the check says it."""
    whys = (check.why for check in proposal.failed_checks if check.name == "annexes_there")
    return next((why.gaps["missing"] for why in whys if why), "")
