"""Both sides of every sign, in seven languages: what shows it, and what only looks as if."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mailagent.core.fraud import (
    Around,
    Sender,
    Signs,
    borrowed_name,
    sender_alike,
    thread_taken_over,
)
from mailagent.core.lookalike import alike, face, own_label
from tests.triage.test_signs import signs
from tests.values import COMPANY, person

# language -> wants money at once or in secret; and speaks of money, or of haste, and does not
HURRY = {
    "en": (
        "Ann, I need you to wire 14,300 today before the bank closes. Don't mention it to anyone.",
        "Can you pay this supplier right away? I'm boarding and can't talk, just do it.",
        "Buy five gift cards for a client, urgent, and send me the numbers.",
    ),
    "de": (
        "Können Sie heute noch 14.300 EUR überweisen? Sprechen Sie mit niemandem darüber.",
        "Ich brauche sofort eine Zahlung an einen neuen Lieferanten. Bitte nicht anrufen.",
    ),
    "fr": (
        "Peux-tu faire un virement de 14 300 EUR aujourd'hui même ? N'en parle à personne.",
        "Il faut payer ce fournisseur immédiatement, c'est strictement confidentiel.",
    ),
    "es": (
        "¿Puedes hacer hoy mismo una transferencia de 14.300 EUR? No se lo digas a nadie.",
        "Necesito un pago urgente a un proveedor nuevo. No llames, estoy en una reunión.",
    ),
    "it": (
        "Riesci a fare un bonifico di 14.300 EUR oggi stesso? Non dirlo a nessuno.",
        "Serve subito un pagamento a un nuovo fornitore. Sono in riunione, non chiamare.",
    ),
    "nl": (
        "Kun je vandaag nog 14.300 EUR overmaken? Vertel het aan niemand.",
        "Er moet met spoed een betaling naar een nieuwe leverancier. Niet bellen, zit in overleg.",
    ),
    "pt": (
        "Consegues fazer ainda hoje uma transferência de 14.300 EUR? Não digas a ninguém.",
        "Preciso de um pagamento urgente a um novo fornecedor. Não ligues, estou em reunião.",
    ),
}
CALM = {
    "en": (
        "Thank you for your payment of 120.00. The matter with the roof is not urgent.",
        "Payment within 30 days, please.",
        "Could you call me as soon as possible? It is about the colours.",
    ),
    "de": (
        "Vielen Dank für Ihre Zahlung. Das Dach ist nicht dringend.",
        "Zahlbar binnen 30 Tagen.",
        "Rufen Sie mich bitte so schnell wie möglich an, es geht um die Farben.",
    ),
    "fr": ("Merci pour votre paiement. Rien d'urgent pour le toit.", "Paiement sous 30 jours."),
    "es": ("Gracias por su pago. Lo del tejado no es urgente.", "Pago a 30 días."),
    "it": ("Grazie per il pagamento. Per il tetto non è urgente.", "Pagamento a 30 giorni."),
    "nl": ("Bedankt voor uw betaling. Het dak is niet dringend.", "Betaling binnen 30 dagen."),
    "pt": ("Obrigado pelo pagamento. O telhado não é urgente.", "Pagamento a 30 dias."),
}
# language -> tells of another account; and speaks of accounts as they were
ANEW = {
    "en": (
        "We have moved to another bank. From now on please use the account below.",
        "Our bank details have changed, see the letter.",
        "Please no longer pay into the old account.",
    ),
    "de": (
        "Wir haben die Bank gewechselt. Bitte überweisen Sie künftig auf das unten genannte Konto.",
        "Unsere Kontodaten haben sich geändert.",
    ),
    "fr": ("Nous avons changé de banque, voici notre nouveau RIB.", "Notre IBAN a changé."),
    "es": ("Hemos cambiado de banco; este es el nuevo IBAN.", "Nuestra cuenta ha cambiado."),
    "it": ("Abbiamo cambiato banca, ecco il nuovo IBAN.", "Il nostro conto è cambiato."),
    "nl": ("Wij zijn van bank veranderd.", "Ons rekeningnummer is gewijzigd."),
    "pt": ("Mudámos de banco, segue o novo IBAN.", "A nossa conta mudou."),
}
AS_EVER = {
    "en": ("Our bank details are unchanged.", "Please pay into the account that you know."),
    "de": ("Unsere Bankverbindung bleibt unverändert.", "Bitte auf unser bekanntes Konto."),
    "fr": ("Nos coordonnées bancaires restent les mêmes.",),
    "es": ("Nuestros datos bancarios siguen siendo los mismos.",),
    "it": ("Le nostre coordinate bancarie restano le stesse.",),
    "nl": ("Onze bankgegevens blijven hetzelfde.",),
    "pt": ("Os nossos dados bancários mantêm-se.",),
}


# The same two signs, worded anew.
MORE = tomllib.loads((Path(__file__).parent / "frauds.toml").read_text("utf-8"))


def rows(table: dict[str, tuple[str, ...]], group: str) -> list[str]:
    told = [text for texts in table.values() for text in texts]
    return told + [text for language in MORE.values() for text in language[group]]


@pytest.mark.parametrize("text", rows(HURRY, "hurry"))
def test_haste_and_money(text: str) -> None:
    assert signs(text).hurry


@pytest.mark.parametrize("text", [*rows(CALM, "calm"), *rows(AS_EVER, "as_ever")])
def test_money_without_haste_and_haste_without_money(text: str) -> None:
    assert not signs(text).hurry


@pytest.mark.parametrize("text", rows(ANEW, "anew"))
def test_another_account(text: str) -> None:
    assert signs(text).new_account


@pytest.mark.parametrize("text", [*rows(AS_EVER, "as_ever"), *rows(CALM, "calm")])
def test_the_account_as_it_was(text: str) -> None:
    assert not signs(text).new_account


@pytest.mark.parametrize(
    ("domain", "known", "fires"),
    [
        ("nord1icht.example", "nordlicht", True),
        ("nordl\u0456cht.example", "nordlicht", True),  # a Cyrillic i
        ("xn--nordlcht-xhh.example", "nordlicht", True),  # the same as the wire has it
        ("n\u03bfrdlicht.example", "nordlicht", True),  # a Greek omicron
        ("nordlicth.example", "nordlicht", True),
        ("nordllcht.example", "nordlicht", True),
        ("norlicht.example", "nordlicht", True),
        ("nordiicht.example", "nordlicht", True),
        ("rnueller-bau.example", "mueller-bau", True),
        ("nordlichter.example", "nordlicht", False),
        ("suedlicht.example", "nordlicht", False),
        ("acme.example", "acre", False),  # of short names too many are near
        ("halle-1.example", "halle-2", False),
        ("mail.nordlicht.example", "nordlicht", False),  # the very same
    ],
)
def test_names_made_to_be_taken_for_others(domain: str, known: str, *, fires: bool) -> None:
    assert bool(alike(own_label(domain), [known])) is fires


@pytest.mark.parametrize("domain", ["corp.test", "mail.corp.test", "other.test", ""])
def test_our_own_domain_and_others_do_not_fire(domain: str) -> None:
    assert not list(sender_alike(Sender(address=f"x@{domain}"), Around(), COMPANY))


@pytest.mark.parametrize(
    ("headers", "fires"),
    [
        ({"Reply_To": "desk@evil.example"}, True),
        ({"Reply_To": "Acme <acme.billing@gmail.example>"}, True),
        ({"Reply_To": "x@acme.example"}, True),  # told apart from the sender's house by the check
        ({}, False),
    ],
)
def test_where_answers_would_go(headers: dict[str, str], *, fires: bool) -> None:
    found: Signs = signs("hello", **headers)
    assert bool(found.reply_to) is fires


# -- names that look like others, made of any name

LABELS = st.from_regex(r"[a-z]{7,14}", fullmatch=True)
CONFUSED = {"a": "\u0430", "e": "\u0435", "o": "\u043e", "p": "\u0440", "c": "\u0441",
            "i": "\u0456", "l": "1", "m": "rn", "w": "vv"}  # fmt: skip


@given(LABELS, st.data())
def test_any_name_with_letters_that_look_the_same(label: str, data: st.DataObject) -> None:
    """As it is shown, and as the wire has it."""
    places = [at for at, letter in enumerate(label) if letter in CONFUSED]
    assume(places)
    at = data.draw(st.sampled_from(places))
    posing = label[:at] + CONFUSED[label[at]] + label[at + 1 :]
    assert alike(own_label(f"{posing}.example"), [label])
    if not posing.isascii():
        wire = posing.encode("idna").decode()
        assert wire.startswith("xn--")
        assert alike(own_label(f"mail.{wire}.example"), [label])


@given(LABELS, st.data())
def test_any_name_with_a_letter_more_less_or_swapped(label: str, data: st.DataObject) -> None:
    assume(face(label) == label)  # pairs that look like one letter are two slips at once
    at = data.draw(st.integers(0, len(label) - 2))
    swapped = label[:at] + label[at + 1] + label[at] + label[at + 2 :]
    for posing in (label[:at] + label[at + 1 :], label[:at] + label[at] + label[at:], swapped):
        assert posing == label or alike(posing, [label]), posing


@given(LABELS, LABELS)
def test_names_that_differ_are_not_taken_for_each_other(one: str, other: str) -> None:
    """Three letters apart at least: that is no slip of the eye."""
    assume(
        abs(len(one) - len(other)) > 2 or sum(a != b for a, b in zip(one, other, strict=False)) > 5
    )
    assume(not set(one[:3]) & set(other))
    assert not alike(one, [other])


@settings(max_examples=30)
@given(LABELS, LABELS, st.sampled_from(["com", "co.uk", "de"]))
def test_any_link_that_shows_another_house(shown: str, target: str, ending: str) -> None:
    def lies(text: str, address: str) -> bool:
        html = f'<html><body><a href="https://{address}/x">{text}</a></body></html>'
        return bool(signs("x", html).links)

    assume(shown != target)
    assert lies(f"www.{shown}.{ending}", f"{target}.{ending}")
    assert lies(f"{shown}.{ending}", f"{shown}.{ending}.{target}.test")
    assert not lies(f"{shown}.{ending}", f"pay.{shown}.{ending}")
    assert not lies("see it here", f"{target}.{ending}")


# -- who writes, in seven scripts of their names

PEOPLE = ("Ann Lee", "Jörg Müller", "Hélène Dupré", "José Ñíguez", "Niccolò D\u2019Amico",
          "Anouk van \u2019t Hof", "João Gonçalves")  # fmt: skip


@pytest.mark.parametrize("name", PEOPLE)
def test_a_name_that_is_borrowed_and_the_same_name_at_home(name: str) -> None:
    posing = Sender(name=name.upper(), address="office@mail.example")
    people = (person(name=name),)
    assert [c.name for c in borrowed_name(posing, Around(), COMPANY, people)] == ["borrowed_name"]
    home = posing.model_copy(update={"address": f"x@{COMPANY.domain}"})
    assert not list(borrowed_name(home, Around(), COMPANY, people))
    other = posing.model_copy(update={"name": f"{name} Foundation"})
    assert not list(borrowed_name(other, Around(), COMPANY, people))


@pytest.mark.parametrize(
    ("domain", "part", "fires"),
    [
        ("evil.example", ("acme.example", "corp.test"), True),
        ("acme.example.evil.example", ("acme.example",), True),
        ("mail.acme.example", ("acme.example",), False),
        ("evil.example", (), False),  # a thread that nobody knows
        ("corp.test", ("acme.example",), False),  # we go on with it
        ("b.example", ("a.example", "b.example"), False),
    ],
)
def test_threads_taken_over(domain: str, part: tuple[str, ...], *, fires: bool) -> None:
    around = Around(thread=part)
    assert bool(list(thread_taken_over(Sender(address=f"x@{domain}"), around, COMPANY))) is fires


def test_a_list_that_wants_its_answers_is_none() -> None:
    """But not a copy to somebody else: that is how answers are led astray."""
    of_a_list = {"Reply_To": "ops@corp.test", "List_Post": "<mailto:ops@corp.test>"}
    assert not signs("hello", **of_a_list).reply_to
    assert signs("hello", Reply_To="ops@corp.test").reply_to
