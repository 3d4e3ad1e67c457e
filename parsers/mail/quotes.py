"""How mail clients introduce the mail that a reply quotes."""

import re
from functools import lru_cache

from parsers.mail.quote_words import ABOVE, FIELDS, LINE, OPENER, ORIGINAL, WROTE

_WROTE = re.compile(WROTE)
_OPENER = re.compile(rf"[\s*_-]*(?:{OPENER})")
_CERTAIN = re.compile(r"@|\d[:.h]\d\d|(?<!\d)(?:19|20)\d\d(?!\d)")
_DATED = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?!\d)|\d[:.h]\d\d|\d{1,4}\s?[-/.\u5e74]\s?\d{1,2}\s?[-/.\u6708]"
)
_DAY = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\d{1,4}\s?[-/.\u5e74]\s?\d{1,2}\s?[-/.\u6708]\s?\d")
_CLOCK = re.compile(r"\d[:.h]\d\d(?!\d)")
# Each begins with a letter that is seldom, so that a search never goes over a text twice.
_ADDRESSED = re.compile(r"@[^\s<>()@]{1,255}[>)\]]")
_ENDS_ADDRESSED = re.compile(r"@[^\s<>()@]{1,255}[>)\]],?$")
_DATED_SENDER = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b[^@<]*<[^@<]*@[^@<>]*>\s*:?")
_OLD_GMAIL = re.compile(r"\d{4}[-/]\d\d?[-/]\d\d? \d\d?:\d\d gmt[+-]\d\d:\d\d \S")
_RULED = re.compile(rf"[-_=*]{{2,}}[^-_=*].{{0,200}}(?:{WROTE})\s*:?\s*[-_=*]{{2,}}")
_SHARED = re.compile(
    r"(?P<own>.*?\w\W*?)(?:\s*-{2,}\s*|\s+)"
    r"(?P<introduction>(?:On|Am|Le|El|Il|Op|Em|Den) (?:[^\W\d]{2,12}[.,]* ){0,3}\d.*)"
)
_DATE_FIRST = re.compile(r"(?:\d{1,2}\.? \w{3,12}\.?|\w{3,12} \d{1,2},) \d{4}[^@]{0,60}@[^\s@]+:$")
_FRAGMENT = re.compile(r"(?:[\d\W_]|[^\W\d_]{1,3}\b)*")  # "2026 at 10:00 AM": the rest of a date
_LONGEST = 500
MOST_LINES = 6
_FEW_WORDS = 10  # between two rules: "Forwarded by Ann Lee/Corp on 17.11.2025 15:00"

_SEPARATOR = re.compile(
    rf"[\s>]*[-_=*\u2010\s]{{2,}}(?:{ORIGINAL})(?!\w)[^\w]*|[\s*]*(?:{ORIGINAL})\s*:?[\s*]*"
)
_FIELD_NAME = rf"(?:{'|'.join(FIELDS.values())})[ \u00a0]?[:\uff1a]"
_FLAT_HEAD = re.compile(
    rf"[\s>]*(?P<rule>[-_=*]{{2,}}\s*(?:{ORIGINAL})\s*[-_=*]{{2,}})\s*(?P<field>{_FIELD_NAME})",
    re.IGNORECASE,
)
# The fields run into one another: "<ann@corp.example>To: Ben".
_FLAT_FIELD = re.compile(
    rf"(?:(?<=[\s>*=_-])|(?<=\d)|(?<=[a-z](?=[A-Z])))(?:{_FIELD_NAME})", re.IGNORECASE
)
_RULE = "-#=_*~/\u2014\u2013\u2010"
_TICKET = re.compile(
    r"[\W_]*(?:please )?(?:(?:type|write|enter|put|add) )?(?:your )?(?:reply|replies|response)"
    r"(?: to this (?:e-?mail|message))?(?: goes)? above (?:this|the) line[\W_]*"
    r"|[\W_]*(?:bitte )?(?:antworten sie )?oberhalb dieser (?:linie|zeile)(?: antworten)?[\W_]*"
    r"|[\W_]*(?:veuillez )?répond(?:re|ez) au-dessus de cette ligne[\W_]*"
)
_DASHES = "-=_\u2014\u2010"
_RULED_TICKET = re.compile(
    rf"[{_RULE}]{{2,}}[^\n]*\b(?:{ABOVE})\b[^\n]{{0,30}}\b(?:{LINE})\w{{0,3}}\b"
)
_FIELD = re.compile(
    r"[\s*_]*(?:"
    + "|".join(f"(?P<{kind}>(?:{names}))" for kind, names in FIELDS.items())
    + r")[\s*_]*[:\uff1a]"
)
_ANY_FIELD = re.compile(r"[ \t*_]*+[^\W\d_][^:\uff1a\n]{0,24}[:\uff1a]")
# People do not type the seconds and the zone; mail programs do.
_STAMP = re.compile(r"\d\d:\d\d:\d\d\s+(?:[+-]\d{4}|gmt|utc|\(?[a-z]{3,4}\b)", re.IGNORECASE)
_FIELD_LINES = 12  # a block of quoted fields, with its folded values and empty lines


def introduces(lines: list[str], at: int) -> tuple[int, bool]:
    """How many lines from here introduce a quotation (0: none), and whether that is certain."""
    joined = ""
    for count in range(1, min(MOST_LINES, len(lines) - at) + 1):
        joined = f"{joined} {lines[at + count - 1].strip()}".strip().lower()
        if len(joined) > _LONGEST or (count > 1 and not _OPENER.match(joined)):
            return 0, False
        if _is_introduction(joined):
            later = _begins_later(lines, at, count)
            return (0, False) if later else (count, _is_certain(joined))
    return 0, False


def _begins_later(lines: list[str], at: int, count: int) -> bool:
    """Whether the last of these lines introduce it alone: the first ones are own words."""
    inner = introduction_above(lines, at + count - 1) if count > 1 else 0
    if not 0 < inner < count:
        return False
    begin = at + count - inner
    dated = any(_DATED.search(line) for line in lines[begin : at + count])
    return dated or not lines[begin - 1].strip()


def introduction_above(lines: list[str], last: int) -> int:
    """How many lines, up from the last one before a marked quotation, introduce it.

    Here the beginning may be anything, as in languages that put the sender's name first.
    """
    joined = ""
    for count in range(1, min(MOST_LINES, last + 1) + 1):
        line = lines[last - count + 1].strip().lower()
        joined = f"{line} {joined}".strip()
        if not line or len(joined) > _LONGEST or not _ends(joined):
            return 0
        if _is_complete(joined):
            return count + _more_above(lines, last - count, joined)
    return 0


def _more_above(lines: list[str], at: int, joined: str) -> int:
    """The lines above that a folded introduction began with: its name, or its date."""
    line = lines[at].strip().lower() if at >= 0 else ""
    if not line or len(line) + len(joined) > _LONGEST:
        return 0
    if _is_needed(line, joined):
        return 1 + _more_above(lines, at - 1, f"{line} {joined}")
    above = lines[at - 1].strip().lower() if at else ""
    dated = any(letter.isdigit() for letter in above)
    broken = not _OPENER.match(joined) and _FRAGMENT.fullmatch(line) and _OPENER.match(above)
    return 2 if broken and dated else 0


def _is_needed(line: str, joined: str) -> bool:
    """Whether an introduction lacks what the line above it has."""
    opens = bool(_OPENER.match(joined))
    if "@" not in joined and _ENDS_ADDRESSED.search(line):
        return True
    if "@" not in joined and not opens and _ADDRESSED.search(line):
        return True
    if (
        joined.startswith(("<", "(<"))
        and len(line.split()) < 6
        and not line.endswith((".", "!", "?"))
    ):
        return True
    opener = bool(_OPENER.match(line))
    if not _DAY.search(joined) and _DAY.search(line):
        return opener or bool(_ADDRESSED.search(line))
    return opener and not opens and bool(_CERTAIN.search(line))


def opens_introduction(line: str) -> bool:
    """Whether an introduction may begin with this line."""
    return bool(_OPENER.match(line[:60].lower()))


def shared_line(line: str) -> tuple[str, str] | None:
    """Own words and the introduction that a client put behind them on the same line."""
    match = _SHARED.match(line) if len(line) < _LONGEST else None
    if match is None or not _is_introduction(match["introduction"].lower()):
        return None
    return match["own"], match["introduction"]


def _ends(text: str) -> bool:
    return text.rstrip(" *_\u00a0<>\u200e\u200f\u202c").endswith((":", "\uff1a"))


def _is_complete(text: str) -> bool:
    """When it was, and who or that it was written."""
    if not _ends(text):
        return False
    wrote, addressed = bool(_WROTE.search(text)), bool(_ADDRESSED.search(text))
    if _DATED.search(text):
        return wrote or addressed
    return wrote and addressed and not text.startswith("<")


def _is_introduction(text: str) -> bool:
    if _DATED_SENDER.fullmatch(text) or _OLD_GMAIL.match(text) or _RULED.fullmatch(text):
        return True
    if not _ends(text):
        return False
    if text.rstrip().endswith(">:") and "@" in text and _OPENER.match(text):
        return True  # "Thu, 26 Jun 2014 14:00 от Ann <ann@corp.example>:"
    if _WROTE.search(text) and any(c.isdigit() or c == "@" for c in text):
        return True
    if not (_CLOCK.search(text) and _DATED.search(text)):
        return False
    return bool(_ADDRESSED.search(text) or _DATE_FIRST.match(text))


def _is_certain(text: str) -> bool:
    """Whether it introduces a quotation even where no mark of quoting follows."""
    if _RULED.fullmatch(text) or _DATE_FIRST.match(text):
        return True
    return bool(_CERTAIN.search(text)) and ("@" in text or bool(_OPENER.match(text)))


def is_ruled(line: str) -> bool:
    """A line of dashes, also with a few words between: it belongs to the mail that begins below."""
    line = line.strip()
    if len(line) > _LONGEST:
        return False
    inner = line.strip(_RULE)
    ends = len(line) - len(line.lstrip(_RULE)), len(line) - len(line.rstrip(_RULE))
    few_words = min(ends) > 3 and line[0] in _DASHES and len(inner.split()) < _FEW_WORDS
    return len(line) > 2 and (not inner.strip() or few_words)


def begins_other_mail(lines: list[str], at: int) -> bool:
    """Whether a whole other mail begins here: by a separator, or by its header fields."""
    return is_separator(lines, at) or _begins_fields(lines, at)


def unflattened(line: str) -> list[str]:
    """A head that a client put on one line, behind its rule, as lines: the rule and its fields."""
    head = _FLAT_HEAD.match(line) if len(line) < _LONGEST else None
    if head is None:
        return [line]
    begins = [found.start() for found in _FLAT_FIELD.finditer(line, head.start("field"))]
    ends = [*begins[1:], len(line)]
    fields = (line[a:b].strip() for a, b in zip(begins, ends, strict=True))
    return [head["rule"].strip(), *fields]


def is_separator(lines: list[str], at: int) -> bool:
    """Whether a line announces another mail that stands below it."""
    line = lines[at].lower()
    if len(line) > 200 or not line.strip():
        return False
    if _SEPARATOR.fullmatch(line) or _TICKET.fullmatch(line):
        return True
    line = line.strip()
    if line[0] not in _RULE or line[-1] not in _RULE:
        return False
    if _RULED_TICKET.match(line):
        return True
    below = lines[at + 1 : at + 3]  # in a language of which we know no word
    with_words = is_ruled(line) and any(letter.isalpha() for letter in line)
    return with_words and any(_ANY_FIELD.match(b) and "@" in b[:_LONGEST] for b in below)


def _begins_fields(lines: list[str], at: int) -> bool:
    """Whether the header fields of another mail stand here: From and two more, or a sure pair."""
    if not _ANY_FIELD.match(lines[at]):
        return False
    block = lines[at : at + _FIELD_LINES]
    if field_kind(lines[at]) is None:
        return _is_foreign(block)
    return _is_run(lines[at]) or _is_pair(block[:2]) or _is_block(block) or _is_foreign(block)


def _is_foreign(lines: list[str]) -> bool:
    """Fields in an unknown language: a sender's address, a date with its time, one more."""
    if "@" not in lines[0][:_LONGEST] and not _CLOCK.search(lines[0][:_LONGEST]):
        return False
    said: list[str] = []
    for line in lines:
        if not _ANY_FIELD.match(line):
            break
        said.append(line[:_LONGEST])
    clocks = [line for line in said if _CLOCK.search(line) and _DATED.search(line)]
    return len(said) > 2 and bool(clocks) and any(_ADDRESSED.search(line) for line in said[:2])


def _is_run(line: str) -> bool:
    """From, with an address, and Date or Sent on one line, as flattened HTML has them."""
    address, at, rest = line[:_LONGEST].partition("@")
    return field_kind(address) == "from" and bool(at) and bool(_STAMP.search(rest))


def _is_pair(lines: list[str]) -> bool:
    """A Date as a program writes it, beside From or To with an address."""
    said = {field_kind(line): line[:_LONGEST] for line in lines}
    if not _STAMP.search(said.get("date", said.get("sent", ""))):
        return False
    return "@" in said.get("from", "") or "@" in said.get("to", "")


def _is_block(lines: list[str]) -> bool:
    """From and two more, of which one nobody types: an address, or when it was sent."""
    kinds: set[str] = set()
    addressed = False
    between = 0
    for line in lines:
        kind = field_kind(line)
        if kind is not None:
            kinds.add(kind)
            addressed = addressed or (kind in ("from", "to") and "@" in line[:_LONGEST])
            between = 0
        elif line.strip():
            between += 1
        if between > 2:
            break
    return "from" in kinds and len(kinds) >= (3 if addressed or "sent" in kinds else 4)


def field_kind(line: str) -> str | None:
    """from, to, date, sent or subject, if the line starts as such a field does."""
    return _kind_of(line[:60])


@lru_cache(maxsize=256)  # a block looks a dozen lines ahead, from each of its lines
def _kind_of(start: str) -> str | None:
    match = _FIELD.match(start.lower())
    return match.lastgroup if match else None
