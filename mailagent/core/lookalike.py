"""When a name is made to be taken for another: letters of other alphabets, and near misses."""

# ruff: noqa: RUF001 - letters that look like others are what this is about

import unicodedata
from collections.abc import Container, Iterable

# Letters of other alphabets as people see them, and digits that are read as letters.
_SEEN = "аеорсухіјѕһԁԛԝкмтнвгпиӏ" + "αονρτικυχεημ" + "ɡı" + "015"
_READ = "aeopcyxijshdqwkmthbrnul" + "aovptikuxenm" + "gi" + "ols"
_FACES = str.maketrans(_SEEN, _READ)
_DIGIT = "\u0660"  # a digit that stands for all of them while they are looked for
_DIGITS = str.maketrans(dict.fromkeys("0123456789", _DIGIT))
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("ii", "u"), ("nn", "m"))
_LONGEST = 40
_SHORTEST = 6  # of shorter names too many are near each other
# Below these stand names of one's own: example.co.uk.
_SECOND = frozenset({"co", "com", "org", "net", "gov", "ac", "edu", "ltd", "plc", "or", "ne"})


def face(name: str) -> str:
    """What is seen of a name at a glance."""
    letters = _letters(name)
    for pair, looks in _PAIRS:
        letters = letters.replace(pair, looks)
    return letters[:_LONGEST]


def _letters(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name).casefold().translate(_FACES)
    return "".join(c for c in folded if c.isalnum())


def shapes(name: str) -> frozenset[str]:
    """The face, and the face with each letter left out: what two near names have in common.

    Digits are not left out: Halle 1 and Halle 2 are two places.
    """
    whole, plain = face(name), _letters(name)[:_LONGEST]
    if len(plain) < _SHORTEST:
        return frozenset({whole} if whole else ())
    digits = {at for at, c in enumerate(face(name.translate(_DIGITS))) if c == _DIGIT}
    less = _without_one(whole, digits) if len(whole) >= _SHORTEST else set()
    # Two letters that are seen as one are as often one letter too many.
    if plain != whole and not digits:
        less |= _without_one(plain) | {plain}
    return frozenset({whole} | less)


def _without_one(letters: str, kept: Container[int] = ()) -> set[str]:
    return {letters[:at] + letters[at + 1 :] for at in range(len(letters)) if at not in kept}


def alike(name: str, others: Iterable[str]) -> tuple[str, ...]:
    """Those that this name could be taken for."""
    ours = shapes(name)
    return tuple(other for other in others if other != name and ours & shapes(other))


def site(domain: str) -> str:
    """What its owner registered: acme.co.uk of www.acme.co.uk."""
    labels = domain.lower().rstrip(".").split(".")
    kept = 3 if len(labels) > 2 and labels[-2] in _SECOND else 2
    return ".".join(labels[-kept:])


def own_label(domain: str) -> str:
    """The part of a domain that its owner chose: `acme` of mail.acme.co.uk, as people see it."""
    labels = domain.lower().rstrip(".").split(".")[:-1]
    if len(labels) > 1 and labels[-1] in _SECOND:
        labels = labels[:-1]
    label = labels[-1] if labels else domain.lower()
    if not label.startswith("xn--"):
        return label
    try:
        return label.encode("ascii").decode("idna")
    except UnicodeError:
        return label
