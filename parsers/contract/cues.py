"""How much a sentence sounds like a clause: cues, each with its weight."""

import re

Cues = tuple[tuple[float, re.Pattern[str]], ...]


def cues(*given: tuple[float, *tuple[str, ...]]) -> Cues:
    """Weights, each with patterns of which one is enough; case never matters."""
    return tuple((weight, re.compile("|".join(any_), re.IGNORECASE)) for weight, *any_ in given)


def weighed(text: str, known: Cues) -> float:
    """The sum of the weights of all cues that the text holds."""
    return sum(weight for weight, cue in known if cue.search(text))
