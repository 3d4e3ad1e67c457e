"""What is said of a case that was over and is shown again: `right`, `wrong the total`, `why`."""

from mailagent.core.decision.text import Text, meanings
from mailagent.core.decision.types import Command

_SAID = ("right", "wrong", "why")


def spot(text: Text) -> Command | None:
    """Nothing is released by it, so `ok` and `no` are taken for what they mean here."""
    words = _words(text)
    found = text.phrase(text.start, frozenset(words))
    if found is None:
        return None
    name, code = words[found.phrase], text.ending(found.end)
    if code is not None:
        return Command(name=name, code=code)
    return Command(name=name, argument=text.text_from(found.end)) if name == "wrong" else None


def names_spots(text: Text, numbers: tuple[str, ...]) -> bool:
    """Whether all of these are shown again, so that nothing can be released by mistake."""
    shown = [text.shown.items.get(number) for number in numbers]
    return bool(numbers) and all(item is not None and item.spot for item in shown)


def _words(text: Text) -> dict[str, str]:
    verbs = text.verbs
    plain = dict.fromkeys(verbs.approve | verbs.light, "right")
    plain |= dict.fromkeys(verbs.no | verbs.reject, "wrong")
    named = meanings(verbs.commands)
    return plain | {
        phrase: name for phrase, meant in named.items() for name in _SAID if name in meant
    }
