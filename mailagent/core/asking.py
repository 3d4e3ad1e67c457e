"""Which failed checks asking the sender settles, and what is asked then."""

from mailagent.core.proposal import Proposal

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
    "totals_add_up": {
        "en": "on your bill {number} net and tax do not make the total. Which amounts are right?",
        "de": "Auf Ihrer Rechnung {number} ergeben Netto und Steuer nicht den Gesamtbetrag. Welche "
        "Beträge stimmen?",
    },
}


def worth_asking(proposal: Proposal, language: str, company: str) -> str:
    """What to ask the sender; empty where an answer would settle nothing, or could deceive."""
    failed = [check.name for check in proposal.failed_checks]
    if BY_PHONE.intersection(failed):
        return ""
    asked = next((name for name in _QUESTIONS if name in failed), "")
    if not asked:
        return ""
    read = proposal.reading.text
    return _QUESTIONS[asked][language].format(
        number=read("invoice_number"),
        order=read("po_number"),
        buyer=read("buyer_name"),
        buyer_vat=read("buyer_vat"),
        company=company,
    )
