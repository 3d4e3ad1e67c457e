"""Where a document may lie in a file tree: safe names, and further ones beside those taken."""

import re
from collections.abc import Iterator

from mailagent.core.capability import StoreFile

# Names that every file system takes, and that cannot leave their folder.
_SAFE = re.compile(r"[^\w.+() -]", re.ASCII)
_LONGEST = 120
_LONGEST_ENDING = 8
MOST_TWINS = 999
# Devices on Windows, whatever their ending; the tree may be synchronised to one.
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)


def safe_name(name: str) -> str:
    """One path component out of foreign words; a safe name stays as it is."""
    made = _cleaned(name)
    while (again := _cleaned(made)) != made:  # what was cut may end in what is cut off as well
        made = again
    return made


def _cleaned(name: str) -> str:
    cleaned = _SAFE.sub("-", name).strip(" .-")
    if _RESERVED.fullmatch(cleaned):
        cleaned = f"_{cleaned}"
    stem, dot, ending = cleaned.rpartition(".")
    if dot and len(ending) <= _LONGEST_ENDING:
        return f"{stem[: _LONGEST - len(ending) - 1].rstrip(' .-')}.{ending}"
    return cleaned[:_LONGEST].rstrip(" .-") or "unnamed"


def twin(name: str, number: int) -> str:
    """The further names: `a (2).pdf`, as safe and as short as the first."""
    mark = f" ({number})"
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > _LONGEST_ENDING:  # a dot in a long name is no ending
        stem, dot, ending = name, "", ""
    kept = stem[: _LONGEST - len(dot + ending) - len(mark)].rstrip(" .-")
    return f"{kept}{mark}{dot}{ending}"


def inside(path: str) -> str:
    """A path in its safe spelling, relative to the root; nothing leads out of it."""
    return "/".join(safe_name(part) for part in path.split("/") if part.strip(" ."))


def places(action: StoreFile) -> Iterator[str]:
    """The place asked for, then `name (2)`, `name (3)` ... beside it."""
    folder, name = inside(action.folder), safe_name(action.name)
    before = f"{folder}/" if folder else ""
    yield before + name
    for number in range(2, MOST_TWINS + 1):
        yield before + twin(name, number)
