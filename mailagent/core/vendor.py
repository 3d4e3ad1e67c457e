"""When two vendors are the same."""

import re
import unicodedata

_LEGAL_FORMS = re.compile(
    r"\b(gmbh|ug|ag|kg|ohg|se|inc|llc|ltd|limited|plc|corp|corporation|co|sarl|sas|sa|srl|spa|"
    r"bv|nv|oy|ab|as|aps|sp z o o|s r o|pty|pvt)\b"
)


def plain(name: str) -> str:
    """A name without case, accents, punctuation and legal form."""
    folded = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(c if c.isalnum() else " " for c in folded if not unicodedata.combining(c))
    words = " ".join(letters.split())
    return " ".join(_LEGAL_FORMS.sub(" ", words).split()) or words


def vendor_key(name: str, vat: str = "") -> str:
    """What a vendor's history is filed under: the tax number where there is one."""
    number = re.sub(r"[^0-9A-Z]", "", vat.upper())
    return f"vat:{number}" if len(number) >= 6 else f"name:{plain(name)}"


def slug(name: str) -> str:
    """A name as part of a file's path: letters, digits and hyphens only."""
    ascii_only = plain(name).encode("ascii", "ignore").decode()
    return "-".join(ascii_only.split())[:60] or "unknown"
