"""Answers to what people ask again and again, from templates that a person wrote beforehand.

A template is text with gaps. What fills them is known of the company, or was typed by its owner;
of the mail only its subject is repeated. So no word of a stranger chooses what is answered.
"""

import re
from collections.abc import Mapping
from string import Formatter

from pydantic import ValidationInfo, field_validator

from mailagent.core.triage import Topic
from mailagent.core.value import Value

# What a template may say of the company; the settings have them, or its owner types them.
FACTS = ("vat_number", "account", "address", "opening_hours", "payment_days")
_ALWAYS = ("about", "company", "person")
ENCLOSED = "_enclosed"  # ends the name of one that goes out with a paper
RECEIVED = "received"  # what is answered where nothing says more
LANGUAGES = ("en", "de")
_NAME = re.compile(r"[a-z][a-z0-9_]{1,40}")


class Template(Value):
    """One answer in one language."""

    name: str
    language: str
    text: str

    @field_validator("name")
    @classmethod
    def _is_a_name(cls, name: str) -> str:
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no name: small letters, digits and _ only")
        return name

    @field_validator("text")
    @classmethod
    def _has_known_gaps(cls, text: str, info: ValidationInfo) -> str:
        try:
            wanted = {
                gap for _text, gap, _form, _turn in Formatter().parse(text) if gap is not None
            }
        except ValueError as error:
            raise ValueError(f"template {info.data.get('name')}: {error}") from None
        if unknown := sorted(wanted - {*FACTS, *_ALWAYS}):
            known = ", ".join(f"{{{gap}}}" for gap in (*_ALWAYS, *FACTS))
            raise ValueError(f"unknown gap {{{unknown[0]}}}; there are {known}")
        return text.strip()

    def needs(self) -> tuple[str, ...]:
        """The facts that it speaks of."""
        return tuple(fact for fact in FACTS if f"{{{fact}}}" in self.text)


class ReplyRules(Value):
    """The templates, and what is known of the company."""

    templates: tuple[Template, ...] = ()  # later ones go before earlier ones of the same name
    facts: dict[str, str] = {}

    def find(self, name: str, language: str) -> Template | None:
        """In this language, otherwise in English, otherwise in whichever there is."""
        found = {one.language: one for one in self.templates if one.name == name}
        wanted = (language, LANGUAGES[0], *found)
        return next((found[one] for one in wanted if one in found), None)

    def names(self) -> tuple[str, ...]:
        """Of all templates."""
        return tuple(sorted({one.name for one in self.templates}))


def template_for(topic: Topic | None) -> str:
    """The answer to such a request."""
    return topic.value if topic else RECEIVED


def filled(template: Template, gaps: Mapping[str, str]) -> str:
    """Its text; every gap is filled once, with words that fill no gap themselves."""
    return template.text.format_map(gaps)
