"""What is personal in an audit entry stands in the chain as a salted hash.

The words themselves lie beside the chain. Whoever takes them away (a person's right) leaves the
chain whole: it still proves that something was said, and that nothing else was.
"""

from typing import Any

from mailagent.core.value import canonical, sha256

# What people wrote, who they are, and what would be done in their name.
PERSONAL = frozenset(
    {"action", "address", "asked", "decision", "edits", "heard", "reason", "recipient"}
    | {"sender", "words", "title", "failure", "detail", "made"}
)


def seal(details: dict[str, Any], salt: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The details as the chain keeps them, and the words that were sealed."""
    words = {name: value for name, value in details.items() if name in PERSONAL and value}
    sealed = {name: {"sealed": sealed_hash(salt, name, value)} for name, value in words.items()}
    return {**details, **sealed}, words


def sealed_hash(salt: str, name: str, value: Any) -> str:
    """Over the name as well: two values that are equal do not look it."""
    return sha256(salt.encode() + canonical([name, value]))


def fits(details: dict[str, Any], salt: str, words: dict[str, Any]) -> bool:
    """Whether these are the words that were sealed."""
    sealed = ({"sealed": sealed_hash(salt, name, said)} for name, said in words.items())
    return all(details.get(name) == one for name, one in zip(words, sealed, strict=True))


def unsealed(details: dict[str, Any], words: dict[str, Any]) -> dict[str, Any]:
    """The details as they were said, where the words are still there."""
    return {**details, **{name: words[name] for name in details if name in words}}
