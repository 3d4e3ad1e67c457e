"""What was measured, kept in mailagent.toml without touching anything else in it."""

import re
import shutil
import tomllib
from datetime import date
from pathlib import Path

from mailagent.core.errors import ConfigInvalid
from mailagent.settings.home import CONFIG

_COMPANY = re.compile(r"^\[company\][^\n]*\n", re.MULTILINE)
_TAGS = re.compile(r"^[ \t]*plus_tags[ \t]*=[^\n]*\n?", re.MULTILINE)
_NEXT = re.compile(r"^\[", re.MULTILINE)


def keep_plus_tags(home: Path, works: bool, day: date) -> bool:
    """Whether plus-tags work, with the day it was measured; False: it said so already."""
    path = home / CONFIG
    text = path.read_bytes().decode("utf-8")  # its line ends as well
    if tomllib.loads(text).get("company", {}).get("plus_tags", True) is works:
        return False
    changed = _with_tags(text, works, day)
    if not _says(changed, works):
        raise ConfigInvalid(
            f"{CONFIG} is laid out in a way that I do not change",
            advice=f"Write under [company] yourself: plus_tags = {str(works).lower()}",
        )
    half = path.with_suffix(".half")  # a crash leaves the old file or the new one
    half.write_bytes(changed.encode("utf-8"))
    shutil.copymode(path, half)
    half.replace(path)
    return True


def _says(text: str, works: bool) -> bool:
    try:
        return tomllib.loads(text)["company"]["plus_tags"] is works
    except (tomllib.TOMLDecodeError, KeyError):
        return False


def _with_tags(text: str, works: bool, day: date) -> str:
    line = f"plus_tags = {str(works).lower()}  # measured by `mailagent doctor --proof`, {day}\n"
    found = _COMPANY.search(text)
    if found is None:  # written with dots or blanks: whoever wrote it so knows better
        raise ConfigInvalid(
            f"{CONFIG} has no line [company], so nothing was changed in it",
            advice=f"Write there yourself: {line.strip()}",
        )
    after = _NEXT.search(text, found.end())
    end = after.start() if after else len(text)
    inside = _TAGS.sub("", text[found.end() : end])
    return text[: found.end()] + line + inside + text[end:]
