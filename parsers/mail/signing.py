"""Which lines of a reply are signature: below a delimiter, of a disclaimer, a block of contacts."""

from collections.abc import Iterator

from parsers.mail.signatures import (
    begins_disclaimer,
    goes_on,
    has_contact,
    is_advert,
    is_delimiter,
    is_exact,
    is_motto,
    is_named,
    is_postscript,
    is_registered,
    is_rule,
    looks_signed,
)

_LONGEST = 60  # lines of a signature below a delimiter that people type too
_AROUND = 4  # lines
_CONTACTS = 8  # lines of a block without a delimiter, at most


def signed_lines(
    texts: list[str], quoted: list[bool], marked: list[bool]
) -> tuple[list[bool], list[bool]]:
    """For every line, whether it is of a signature, and whether it may have been typed even so."""
    signed = marked.copy()
    harmless = [False] * len(texts)
    for start, end in _runs(quoted):
        _disclaim(texts, signed, harmless, start, end)
        _below_delimiter(texts, signed, start, end)
        _contacts(texts, signed, start, end)
    for at, text in enumerate(texts):
        if not quoted[at] and is_advert(text):
            signed[at] = harmless[at] = True
    signed = [s and not q for s, q in zip(signed, quoted, strict=True)]
    doubtful = [
        s and not h and not is_delimiter(text) and not _reaches(texts, at)
        for at, (s, h, text) in enumerate(zip(signed, harmless, texts, strict=True))
    ]
    return signed, doubtful


def _reaches(texts: list[str], at: int) -> bool:
    """Contacts, a motto, and the numbers of a register or a bank that stand beside contacts."""
    if has_contact(texts[at]) or is_motto(texts[at]):
        return True
    around = texts[max(0, at - _AROUND) : at + _AROUND + 1]
    return is_registered(texts[at]) and any(map(has_contact, around))


def _runs(quoted: list[bool]) -> Iterator[tuple[int, int]]:
    """Where lines stand that are not quoted. A quotation ends a signature."""
    start = None
    for at, is_quoted in enumerate([*quoted, True]):
        if is_quoted and start is not None:
            yield start, at
            start = None
        elif not is_quoted and start is None:
            start = at


def _disclaim(
    texts: list[str], signed: list[bool], harmless: list[bool], start: int, end: int
) -> None:
    """Disclaimers, as far as they go: what else stands below one was typed."""
    inside = False
    above = ""
    for at in range(start, end):
        if not texts[at].strip():
            above = ""
            continue
        inside = goes_on(above, texts[at]) if inside else begins_disclaimer(texts[at])
        signed[at] = signed[at] or inside
        harmless[at] = inside
        above = texts[at]


def _below_delimiter(texts: list[str], signed: list[bool], start: int, end: int) -> None:
    for at in range(start, end):
        if not is_delimiter(texts[at]) and not is_rule(texts[at]):
            continue
        below = slice(at + 1, min(end, at + 1 + _LONGEST))
        whole = below.stop == end and _is_one(texts[at], texts[below], signed[below])
        if is_exact(texts[at]) or whole:
            last = next((n for n in range(at, end) if is_postscript(texts[n])), end)
            signed[at:last] = [True] * (last - at)
            return


def _is_one(line: str, below: list[str], signed: list[bool]) -> bool:
    """Whether a signature stands below; under a rule only one with several contacts."""
    said = [text for text, s in zip(below, signed, strict=True) if text.strip() and not s]
    if is_rule(line):
        return sum(map(has_contact, said)) > 1 and looks_signed(said)
    return not said or looks_signed(said)


def _contacts(texts: list[str], signed: list[bool], start: int, end: int) -> None:
    """A last block of name and contacts, that stands apart from what is above it."""
    last = end
    while last > start and (signed[last - 1] or not texts[last - 1].strip()):
        last -= 1
    first = last
    while first > start and texts[first - 1].strip() and last - first <= _CONTACTS:
        first -= 1
    block = texts[first:last]
    if first == start or not 1 < len(block) <= _CONTACTS:
        return
    if has_contact(block[-1]) and all(is_named(line) or has_contact(line) for line in block):
        signed[first:last] = [True] * (last - first)


def signed_by(own: str, name: str) -> tuple[str, str]:
    """Own words, and the block below them that begins with the writer's name, if there is one."""
    lines = own.split("\n")
    first = next((n + 1 for n in range(len(lines) - 1, -1, -1) if not lines[n].strip()), 0)
    block = lines[first:]
    names = " ".join(name.split()).casefold()
    if not first or not names or not 0 < len(block) <= _CONTACTS:
        return own, ""
    if " ".join(block[0].strip(" ,.").split()).casefold() != names:
        return own, ""
    if not all(is_named(line) or has_contact(line) for line in block[1:]):
        return own, ""
    return "\n".join(lines[:first]).rstrip(), "\n".join(block)
