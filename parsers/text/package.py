"""ZIP files from strangers: looked into within limits on count, size and ratio."""

import io
import zipfile
import zlib

from mailagent.core.errors import Unreadable

MEMBERS = 2_000
MEMBER_BYTES = 32 * 1024 * 1024  # of one member, unpacked
BYTES = 96 * 1024 * 1024  # of all that are read
_RATIO = 150  # unpacked to packed, of what is not small: text packs to a tenth
_SMALL = 1024 * 1024
_STEP = 256 * 1024
_ENCRYPTED = 0x1
_END = b"PK\x05\x06"
NEEDS_A_PASSWORD = "it needs a password"  # noqa: S105 - what is said of it


class Package:
    """An open ZIP. Raises Unreadable for what is damaged, locked or a bomb."""

    def __init__(self, content: bytes) -> None:
        told = _said_to_hold(content)
        if told > MEMBERS:
            raise Unreadable(f"the archive has {told} files in it, {MEMBERS} are the most")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            listed = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, OSError):
            raise Unreadable("the ZIP file is damaged") from None
        if len(listed) > MEMBERS:
            raise Unreadable(f"the archive has {len(listed)} files in it, {MEMBERS} are the most")
        self.files = [entry for entry in listed if not entry.is_dir()]
        self._left = BYTES

    @property
    def names(self) -> frozenset[str]:
        """Under which its members are listed; nothing is ever written under them."""
        return frozenset(entry.filename for entry in self.files)

    def read(self, entry: zipfile.ZipInfo | str) -> bytes:
        """A member, unpacked as far as the limits go. KeyError: there is none of this name."""
        found = self._zip.getinfo(entry) if isinstance(entry, str) else entry
        if found.flag_bits & _ENCRYPTED:
            raise Unreadable(NEEDS_A_PASSWORD)
        packed = max(1, found.compress_size)
        most = min(MEMBER_BYTES, self._left, max(_SMALL, packed * _RATIO))
        try:
            return self._unpacked(found, most)
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError):
            raise Unreadable("the ZIP file is damaged") from None

    def _unpacked(self, entry: zipfile.ZipInfo, most: int) -> bytes:
        """What it says of its own size is not believed."""
        pieces, size = [], 0
        with self._zip.open(entry) as member:
            while piece := member.read(_STEP):
                size += len(piece)
                if size > most:
                    raise Unreadable("the archive unpacks to far more than it should")
                pieces.append(piece)
        self._left -= size
        return b"".join(pieces)


def _said_to_hold(content: bytes) -> int:
    """How many files its last lines say that there are: to list 100,000 of them takes seconds."""
    at = content.rfind(_END)
    if at < 0 or len(content) < at + 12:
        return 0
    return int.from_bytes(content[at + 10 : at + 12], "little")
