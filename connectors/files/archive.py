"""Several files as one zip; the same files make the same bytes."""

import io
import zipfile
from collections.abc import Iterable

from connectors.paths import safe_name

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the day does not belong to the content


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Each under its path, made safe; two of one name are told apart."""
    out = io.BytesIO()
    taken: set[str] = set()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files:
            name = _free("/".join(safe_name(part) for part in path.split("/")), taken)
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return out.getvalue()


def _free(path: str, taken: set[str]) -> str:
    stem, dot, ending = path.rpartition(".")
    stem, ending = (stem, f"{dot}{ending}") if dot else (path, "")
    name, number = path, 2
    while name.lower() in taken:
        name, number = f"{stem} ({number}){ending}", number + 1
    taken.add(name.lower())
    return name
