"""tasks.toml changed in place: what its owner wrote beside it stays."""

from collections.abc import Mapping
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError

from mailagent.settings.complaint import complain


def set_task(path: Path, name: str, values: Mapping[str, object]) -> None:
    """Sets these keys of one section; a file that is not there is made. All of it or nothing."""
    try:
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        document = tomlkit.parse(text)
        section = document.setdefault(name, tomlkit.table())
        section.update(values)
    except (TOMLKitError, UnicodeDecodeError) as error:
        raise complain(path, f"[{name}]", f"cannot be changed: {error}") from None
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(tomlkit.dumps(document), encoding="utf-8")
    beside.replace(path)
