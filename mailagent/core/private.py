"""The rules by which a paper is somebody's private matter: data, shipped and of one's own."""

import re
from collections.abc import Iterable
from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints

from mailagent.core.reading import Kind
from mailagent.core.value import Value

_LISTS = ("titles", "words", "marks", "names")


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"{text!r} is no regular expression: {error}") from None
    return text


_Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=120)]


class PrivateRule(Value):
    """One of them. `only`: one's own lists take the place of the shipped ones."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{1,30}$")]
    titles: tuple[_Said, ...] = ()
    words: tuple[_Said, ...] = ()
    least: int = Field(4, ge=1, le=99)  # so many of the words are enough
    names: tuple[_Said, ...] = ()
    marks: tuple[Annotated[str, AfterValidator(_pattern)], ...] = ()
    only: bool = False

    @property
    def kind(self) -> Kind:
        """What a paper is that it hits; one's own kinds of private matter have no other name."""
        return Kind(self.name) if self.name in set(Kind) else Kind.OTHER

    def with_own(self, own: "PrivateRule") -> Self:
        """The shipped rule and what somebody added to it, or put in its place."""
        before = {} if own.only else {name: getattr(self, name) for name in _LISTS}
        lists = {name: (*before.get(name, ()), *getattr(own, name)) for name in _LISTS}
        least = own.least if "least" in own.model_fields_set else self.least
        return self.model_copy(update={**lists, "least": least})


def overlaid(shipped: Iterable[PrivateRule], own: Iterable[PrivateRule]) -> tuple[PrivateRule, ...]:
    """All rules that hold: the shipped ones with what was said of them, then one's own."""
    rules = {rule.name: rule for rule in shipped}
    for rule in own:
        rules[rule.name] = rules[rule.name].with_own(rule) if rule.name in rules else rule
    return tuple(rules.values())
