"""A phrase with its gaps filled, each in the form that the phrase asks for."""

from collections.abc import Callable, Mapping
from datetime import date

from mailagent.core.policy import Judgement
from mailagent.core.reading import Check
from mailagent.core.said import Said
from mailagent.render.foreign import clean, masked, without_accounts
from mailagent.render.words import Words


class _Gap:
    """A value that is spelled as its place in the phrase says."""

    def __init__(self, text: str, words: Words, beside: Mapping[str, str]) -> None:
        self._text = text
        self._words = words
        self._beside = beside  # the gaps of the whole phrase
        self._currency = beside.get("currency", "")

    def __format__(self, form: str) -> str:
        forms: dict[str, Callable[[], str]] = {
            "amount": lambda: clean(self._words.amount(self._text, self._currency), 60),
            "money": self._money,
            "number": lambda: clean(self._words.number(self._text), 60),
            "day": lambda: self._day(year=True),
            "near": lambda: self._day(year=False),
            "labels": self._labels,
            "kind": lambda: self._words.either(f"this.{self._text}", self._text),
            "a": lambda: self._words.either(f"a.{self._text}", self._text),
            "paper": lambda: self._words.either(f"paper.{self._text}", clean(self._text, 60)),
            "long": lambda: clean(without_accounts(self._text), 400),
            "measure": lambda: self._words.either(f"measure.{self._text}", self._text),
            "phrase": self._phrase,
            "account": lambda: clean(masked(self._text), 60),
        }
        return forms.get(form, lambda: clean(without_accounts(self._text), 120))()

    def _phrase(self) -> str:
        """One that the same gaps fill; drafts of earlier versions hold its words."""
        if not self._words.has(self._text):
            return clean(without_accounts(self._text))
        return said(Said(key=self._text, gaps=dict(self._beside)), self._words)

    def _money(self) -> str:
        """`EUR 105.00`, of another currency than the rest may be."""
        currency, _, amount = self._text.rpartition(" ")
        return clean(self._words.amount(amount, currency), 60)

    def _labels(self) -> str:
        names = self._text.split(",")
        return ", ".join(self._words.either(f"label.{name}", name) for name in names)

    def _day(self, *, year: bool) -> str:
        """Some days are of these days, and said without their year."""
        try:
            return self._words.day(date.fromisoformat(self._text), year=year)
        except ValueError:
            return clean(self._text, 60)


def said(what: Said | str, words: Words) -> str:
    """The phrase in the person's language; a text that has none as it is."""
    if isinstance(what, str):
        return clean(without_accounts(what))
    gaps = {name: _Gap(text, words, what.gaps) for name, text in what.gaps.items()}
    return words(what.key, **gaps)


def why(check: Check, words: Words) -> str:
    """Why a check failed, or what it looked at; empty where there is nothing to say."""
    if check.why is not None and words.has(check.why.key):
        return said(check.why, words)
    return clean(without_accounts(check.detail))


def reasons(judgement: Judgement, words: Words) -> tuple[str, ...]:
    """Why the policy asks for what it asks; a rule of one's own says it in its own words."""
    return tuple(clean(words.either(f"reason.{reason}", reason)) for reason in judgement.why)
