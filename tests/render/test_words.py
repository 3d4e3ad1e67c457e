"""Everything can be said in every language, and every word asked for is understood."""

import re
import tomllib
from datetime import UTC, date, datetime
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from mailagent.core.capability import CATALOGUE, Payload
from mailagent.core.decision import (
    Execute,
    Shown,
    ShownAs,
    Verb,
    shown_fields,
    understand,
    verbs_from,
)
from mailagent.core.payloads.policy import WidenPolicy
from mailagent.core.proposal import Purpose
from mailagent.core.reading import Kind
from mailagent.core.tax import Taxed
from mailagent.render.actions import Tense, phrase
from mailagent.render.mail import LANGUAGES
from mailagent.render.words import Phrases, Words, load
from tests.render.letters import ANN, AT, EVA, PAYLOADS
from tests.render.parts import TOP
from tests.values import appointment, itip, payment_run

PEOPLE = {"en": ANN, "de": EVA}
every_language = pytest.mark.parametrize("language", LANGUAGES)


def phrases(language: str) -> Phrases:
    return load(TOP / "templates" / "words" / language)


def words(language: str) -> Words:
    return Words(phrases(language), PEOPLE[language], AT)


def gaps(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


@every_language
def test_the_tables_say_the_same(language: str) -> None:
    english, other = phrases("en"), phrases(language)
    assert english.keys() == other.keys()
    for name, text in english.items():
        assert gaps(text) == gaps(other[name]), name
        assert bool(text) == bool(other[name]), name


def filled(payload: type[BaseModel], text: str) -> BaseModel:
    """A payload of this type, all its words being these."""
    given: dict[str, Any] = {
        "issued": "2026-11-28",
        "day": "2026-12-12",
        "total": "10.00",
        "currency": "EUR",
    }
    texts = {n: text for n, f in payload.model_fields.items() if f.annotation is str}
    given["run"] = payment_run().model_dump()
    given |= {"appointment": appointment(), "itip": itip(), "slots": ()}
    given |= {"orders": ({"number": text},), "numbers": (text,)}
    given |= {"scope": {"task": text}, "mode": "standing"}
    if payload is WidenPolicy:
        given |= {"before": "approve"}
    optional = {
        "due",
        "net",
        "tax",
        "capability",
        "corrects",
        "part",
        "discount",
        "discount_until",
        "cc",
        "first",
    }
    optional |= {"tags", "sensitive", "chosen", "discount", "discount_until", "valid_until"}
    optional |= {"before", "until", "undoes", "owed", *Taxed.model_fields}
    optional |= {"most", "a_day", "hold_hours", "capabilities"}
    assert set(payload.model_fields) - optional <= texts.keys() | given.keys()
    return payload.model_validate(
        texts | {name: value for name, value in given.items() if name in payload.model_fields}
    )


@pytest.mark.slow
@every_language
@pytest.mark.parametrize("tense", get_args(Tense))
@pytest.mark.parametrize("capability", CATALOGUE)
@pytest.mark.parametrize("text", ["a.pdf", "a"])
def test_no_capability_lacks_words(language: str, tense: Tense, capability: str, text: str) -> None:
    payload = filled(CATALOGUE[capability].payload, text)
    assert isinstance(payload, get_args(get_args(Payload)[0]))
    for person in (text, "somebody else"):
        said = phrase(payload, tense, words(language), person)
        assert said
        assert "{" not in said


@pytest.mark.slow
@every_language
def test_every_kind_of_document_has_a_name(language: str) -> None:
    assert all(words(language).has(f"this.{kind}") for kind in Kind)


@every_language
def test_every_kind_that_a_mail_may_seem_to_be_has_a_name(language: str) -> None:
    lacking = [kind for kind in Kind if not words(language).has(f"a.{kind}")]
    assert lacking == [Kind.UNREADABLE]


@pytest.mark.slow
@every_language
def test_every_check_that_can_fail_has_words(language: str) -> None:
    named = re.compile(r'(?:Check\(\s*name=|tested\(\s*)"(\w+)"')
    sources = [*TOP.glob("mailagent/tasks/*.py"), *TOP.glob("mailagent/core/**/*.py")]
    sources += TOP.glob("parsers/**/*.py")
    names = {name for path in sources for name in named.findall(path.read_text("utf-8"))}
    assert "bank_account" in names
    for table in ("check", "passed"):
        assert [name for name in names if not words(language).has(f"{table}.{name}")] == []


@pytest.mark.slow
@every_language
def test_every_phrase_that_is_said_by_its_key_is_there(language: str) -> None:
    said = re.compile(r'(?:tested\(\s*|say\(\s*)"([\w.]+)"')
    sources = [*TOP.glob("mailagent/tasks/*.py"), *TOP.glob("mailagent/core/**/*.py")]
    sources += TOP.glob("parsers/**/*.py")
    keys = {key for path in sources for key in said.findall(path.read_text("utf-8"))}
    assert {"bank_account", "totals_add_up"} <= keys
    full = {key if "." in key else f"why.{key}" for key in keys}
    assert [key for key in full if not words(language).has(key)] == []


@every_language
def test_every_reason_of_the_shipped_policy_is_said(language: str) -> None:
    rules = tomllib.loads((TOP / "config" / "policy.toml").read_text(encoding="utf-8"))["rule"]
    assert [rule["why"] for rule in rules if not words(language).has(f"reason.{rule['why']}")] == []


@every_language
def test_the_words_asked_for_are_understood(language: str) -> None:
    table = tomllib.loads((TOP / "config" / "verbs.toml").read_text(encoding="utf-8"))
    verbs = verbs_from(table)
    for verb in Verb:
        purpose = Purpose.UNDO if verb is Verb.UNDO else Purpose.DO
        said = words(language)(f"word.{verb}")
        shown = Shown(purpose=purpose, ref="4F7Q", numbers=(1, 2, 3))
        assert understand(said, None, shown, verbs) == Execute(verb=verb)


@every_language
def test_every_answer_that_is_offered_is_understood(language: str) -> None:
    verbs = verbs_from(tomllib.loads((TOP / "config" / "verbs.toml").read_text(encoding="utf-8")))
    values = {"total": "1234.56", "due_date": "2026-12-12"}
    draft = Shown(ref="4F7Q", numbers=(1, 2, 3), fields=shown_fields(values, verbs), now=AT)
    kinds = [
        draft,
        *(draft.model_copy(update={"kind": k}) for k in (ShownAs.RECEIPT, ShownAs.REQUEST)),
    ]
    for name, text in phrases(language).items():
        asks = name.startswith(("reply.", "answer.")) or name == "receipt.settle"
        for said in re.findall(r"`([^`{]+)`", text) if asks else ():
            heard = [understand(said, None, shown, verbs) for shown in kinds]
            assert any(h.says != "unclear" for h in heard), f"{name}: {said}"


def test_what_the_actions_are_called() -> None:
    assert [phrase(p, "will", words("en"), "ann") for p in PAYLOADS] == [
        "record it, 6815 IT costs",
        "file the PDF in bills/2026/nordlicht-hosting",
        "remind you on 12 Dec",
    ]


@pytest.mark.parametrize(
    ("language", "value", "currency", "said"),
    [
        ("en", "1234.56", "EUR", "EUR 1,234.56"),
        ("de", "1234.56", "EUR", "EUR 1.234,56"),
        ("en", "-5", "USD", "USD -5.00"),
        ("en", "0.12345", "EUR", "EUR 0.12345"),
        ("en", "1234", "", "1,234.00"),
        ("en", "1E+999999", "EUR", "1E+999999"),
        ("en", "abc", "EUR", "abc"),
    ],
)
def test_amounts(language: str, value: str, currency: str, said: str) -> None:
    assert words(language).amount(value, currency) == said


def test_days_have_their_year_where_it_is_not_this_one() -> None:
    assert words("en").day(date(2026, 12, 12)) == "12 Dec"
    assert words("en").day(date(2027, 1, 2)) == "2 Jan 2027"
    assert words("en").day(date(2026, 12, 12), year=True) == "12 Dec 2026"


def test_moments_are_those_of_the_persons_own_clock() -> None:
    late = datetime(2026, 11, 28, 23, 30, tzinfo=UTC)
    assert words("en").moment(late) == "28 Nov 23:30"
    assert words("de").moment(late) == "29. Nov 00:30"


def test_an_unknown_locale_falls_back_to_the_language() -> None:
    person = ANN.model_copy(update={"locale": "xx_YY"})
    assert Words(phrases("en"), person, AT).amount("1", "EUR") == "EUR 1.00"
