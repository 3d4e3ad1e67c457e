"""How much of the truth is read: per field, and apart by a trait of the papers."""

import json
import sys
import time
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from mailagent.core.errors import Unreadable
from mailagent.core.reading import UNREADABLE, Kind, Reading
from parsers.kinds import read_document

FIELDS = (
    "invoice_number",
    "issue_date",
    "due_date",
    "total",
    "net",
    "tax",
    "payable",
    "currency",
    "seller_name",
    "seller_vat",
    "buyer_name",
    "iban",
    "po_number",
    "service_start",
    "service_end",
    "discount_rate",
    "discount_until",
)
_AMOUNTS = frozenset({"total", "net", "tax", "payable"})
_BILLS = frozenset({Kind.INVOICE, Kind.CREDIT_NOTE})
_SURE = 0.9
Rows = list[tuple[dict[str, Any], Reading]]


def score(folder: Path, *, by: str | None, errors: str | None, page_text_only: bool) -> None:
    """Reads all files of a folder in this process and prints the figures."""
    base = folder / "invoices"
    with (base / "manifest.jsonl").open(encoding="utf-8") as manifest:
        labels = [json.loads(line) for line in manifest]
    started = time.perf_counter()
    rows = [(label, _read(base / label["file"], page_text_only=page_text_only)) for label in labels]
    seconds = time.perf_counter() - started
    _say(_fields(rows))
    if by:
        _say(_apart(rows, by))
    if errors:
        _say(_errors(rows, None if errors == "all" else errors))
    _say(_kinds(rows))
    _say([f"{len(rows)} files, {1000 * seconds / max(1, len(rows)):.0f} ms a file"])


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")


def _read(path: Path, *, page_text_only: bool) -> Reading:
    try:
        return read_document(path.read_bytes(), page_text_only=page_text_only)
    except Unreadable:
        return UNREADABLE


def _fields(rows: Rows) -> Iterable[str]:
    yield f"{'':16} right   given  right of given   sure: right  right: sure"
    for field in FIELDS:
        cases = [case for label, reading in rows if (case := judged(label, reading, field))]
        if not cases:
            continue
        right = [confidence for is_right, confidence in cases if is_right]
        given = [is_right for is_right, confidence in cases if confidence is not None]
        sure = [is_right for is_right, c in cases if c is not None and c >= 0.9]
        surely = [c for c in right if c is not None and c >= 0.9]
        yield (
            f"{field:16} {_share(len(right), len(cases))}  {_share(len(given), len(cases))}   "
            f"{_share(sum(given), len(given))}           {_share(sum(sure), len(sure))}"
            f"        {_share(len(surely), len(right))}   ({len(cases)})"
        )
    yield _overall(rows)


def _overall(rows: Rows) -> str:
    """All fields together: what is given with .9 or more, and what is right."""
    cases = [c for field in FIELDS for row in rows if (c := judged(*row, field))]
    sure = [is_right for is_right, c in cases if c is not None and c >= _SURE]
    right = sum(is_right for is_right, _ in cases)
    return (
        f"given >= {_SURE}: right {_share(sum(sure), len(sure))} ({len(sure)}); "
        f"right: given >= {_SURE} {_share(sum(sure), right)}"
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "  -  "


def judged(
    label: Mapping[str, Any], reading: Reading, field: str
) -> tuple[bool, float | None] | None:
    """Whether a field is right, and how sure it was; None where the paper does not show it."""
    want = label["truth"].get(field)
    if want is None or not label.get("visible", {}).get(field, True) or not label["is_invoice"]:
        return None
    found = reading.fields.get(field)
    value = reading.text(field)
    return same(field, value, want), found.confidence if found and value else None


def same(field: str, got: str, want: object) -> bool:
    """As the corpus's own score compares."""
    if not got:
        return False
    if field in _AMOUNTS:
        try:
            return abs(Decimal(got) - Decimal(str(want))) <= Decimal("0.005")
        except InvalidOperation:
            return False
    if field.endswith("_date"):
        return got[:10] == str(want)
    a, b = _plain(got), _plain(str(want))
    if field.endswith("_name"):
        return (
            bool(a and b)
            and (a in b or b in a)
            and min(len(a), len(b)) >= 0.4 * max(len(a), len(b))
        )
    return a == b


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text).casefold().replace("ß", "ss").replace("ł", "l")
    return "".join(c for c in folded if c.isascii() and c.isalnum())


def _trait(label: Mapping[str, Any], name: str) -> str:
    return str(label.get(name, label.get("traits", {}).get(name, "-")))


def _apart(rows: Rows, by: str) -> Iterable[str]:
    parts: dict[str, Rows] = defaultdict(list)
    for label, reading in rows:
        parts[_trait(label, by)].append((label, reading))
    yield f"\n{by:20}" + "".join(f"{field[:10]:>11}" for field in FIELDS)
    for value, part in sorted(parts.items()):
        shares = []
        for field in FIELDS:
            cases = [case for label, reading in part if (case := judged(label, reading, field))]
            shares.append(_share(sum(is_right for is_right, _ in cases), len(cases)))
        yield f"{value:20}" + "".join(f"{share:>11}" for share in shares) + f"   ({len(part)})"


def _errors(rows: Rows, only: str | None) -> Iterable[str]:
    for field in FIELDS if only is None else (only,):
        for label, reading in rows:
            case = judged(label, reading, field)
            if case and not case[0]:
                confidence = f"{case[1]:.2f}" if case[1] is not None else "-"
                where = f"{label['file']:28} {label.get('locale', ''):6} {field:15}"
                want, got = label["truth"][field], reading.text(field)
                yield f"{where} want {want!s:28} got {got!r} {confidence}"


def _kinds(rows: Rows) -> Iterable[str]:
    bills = [(label, reading) for label, reading in rows if label["is_invoice"]]
    others = [(label, reading) for label, reading in rows if not label["is_invoice"]]
    missed = [label["file"] for label, reading in bills if reading.kind not in _BILLS]
    taken = [label["file"] for label, reading in others if reading.kind in _BILLS]
    told = [
        (label["doc_type"], reading.kind.value)
        for label, reading in bills
        if reading.kind in _BILLS
    ]
    wrong = sum(doc != kind for doc, kind in told)
    yield f"\nbills missed {len(missed)}/{len(bills)} {' '.join(missed[:8])}"
    yield f"others taken for bills {len(taken)}/{len(others)} {' '.join(taken[:8])}"
    yield f"invoice and credit note mixed up {wrong}/{len(told)}"
    by_kind: dict[str, list[bool]] = defaultdict(list)
    for label, reading in others:
        by_kind[str(label["doc_type"])].append(reading.kind.value == label.get("expected", "other"))
    for kind, hits in sorted(by_kind.items()):
        yield f"  {kind:22} {_share(sum(hits), len(hits))} ({len(hits)})"
