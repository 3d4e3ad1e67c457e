"""The dates of an invoice: which is whose, and in which order their numbers are written."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from parsers.invoice.page.labels import Label, Labels, names_an_invoice
from parsers.invoice.page.layout import Sheet, Spot
from parsers.values.dates import Day, Order, days_in

_ROLES = ("issued", "due", "not_day")
_NUMBERED = ("number", "po", "not_number")
_BANK = ("sort_code", "bsb", "account", "routing")
_CLOSE = 4  # letters between a label and its number
_NEXT = 34  # letters between a label and its date in one line
_UNDER = 3.2  # line heights
_DISCOUNT = re.compile(r"\d\s?%|skonto|discount|escompte|sconto|korting|descuento", re.IGNORECASE)
_IN_FULL = re.compile(r"ohne abzug|netto|\bnet\b|or |oder |sans escompte", re.IGNORECASE)
_SURE = 0.9  # of what another label claims
_TOWN = re.compile(
    r"[ ]*[A-ZÀ-Ž][^\W\d]*(?:(?:[.'-] ?| )[A-ZÀ-Ž][^\W\d]*){0,3}[.]?[ ]?(?:\([^()]{1,20}\))?"
    r",?[ ]*(?:den|dnia|le|li|a|il|,)?[ ]*"
)
_COLLECTED = re.compile(
    r"\b(?:we (?:will|shall) (?:take|collect|debit|charge)"
    r"|will be (?:automatically )?(?:charged|debited|collected|taken)|automatically charged"
    r"|(?:auto ?pay|automatic payment) is scheduled"
    r"|buchen wir|wird (?:am|zum)? ?.{0,40}(?:abgebucht|eingezogen)|ziehen wir|von ihrem konto"
    r"|sera (?:prélevé|débité)|se cargará|será cargado|verrà addebitat|sarà addebitat"
    r"|van (?:uw|je) (?:bank)?rekening"
    r"|wordt .{0,60}(?:afgeschreven|geïncasseerd)|wir buchen|será debitad|zostanie pobran)",
    re.IGNORECASE,
)
_DUE_NEXT = re.compile(r"\W{0,3}(?:zur zahlung )?fällig\b|\W?\(due\)", re.IGNORECASE)
# The next of many payments on account, not this bill.
_INSTALMENT = re.compile(
    r"abschl[aä]g|instal?ment|acompte|anticipo|voorschot|rate plan|erstmals|first due",
    re.IGNORECASE,
)
# The bill that this one corrects, or that is taken off it.
_ANOTHER = re.compile(
    r"(?:\bzu[rm]?\b|\bbez(?:ug|iehend|gl)|ursprüngl|berichtig|korrektur (?:zu|der)|storno"
    r"|relati[fv]|concern|corrig|annul|original|corrected|correct(?:s|ing)|against|\bref\b"
    r"|rectific|correspond|riferi|\brif\b|betreft|bij factuur|referente|dotyczy|do faktury"
    r"|\babz|\bless\b|moins|déduction|minus|verrechn)[^\t]{0,40}$",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"(?<!\w)(?:av|avda|avenida|avenue|rua|rue|calle|c/|via|viale|place|plaza|piazza|praça|largo|ul"
    r"|plac|corso|boulevard|bd|straße|platz)\.?\s+(?:del?|du|da|des|dos)?\s*$",
    re.IGNORECASE,
)
_SHORT = 5  # letters of a label that mostly says something of what is behind it: `To:`
_DASHES = ("\u2014", "\u2013", " -", "\u00b7", ",")
_LETTER = 14  # rows in which a letter says when it was written
_LONGEST = 400  # days between issue and due date


class Dated(NamedTuple):
    """A day where it stands."""

    day: Day
    spot: Spot


class Found(NamedTuple):
    """The value of a date, or that there is none."""

    value: date
    confidence: float
    spot: Spot


class Days:
    """Every day of a sheet, with what the labels claim of each."""

    def __init__(self, sheet: Sheet, labels: Labels) -> None:
        self.all: list[Dated] = []
        self.by_row: dict[int, list[Dated]] = {}
        for row in sheet.rows:
            for day in days_in(row.text):
                if self._is_bank_number(labels, row.index, day) or _is_street(row.text, day):
                    continue
                dated = Dated(day, row.spot(day.start, day.end))
                self.all.append(dated)
                self.by_row.setdefault(row.index, []).append(dated)
        self._sheet, self._labels = sheet, labels
        # day -> role -> weight of the strongest claim
        self.claims: dict[Dated, dict[str, float]] = {dated: {} for dated in self.all}
        for label in labels.of(*_ROLES):
            for dated, near in self._near(label):
                role, weight = self._meant(label, dated)
                roles = self.claims[dated]
                roles[role] = max(roles.get(role, 0.0), weight * near)
        self._beside_title()
        self._behind_town()
        self._alone()
        self._collected()
        self._loose_due()

    def _is_bank_number(self, labels: Labels, row: int, day: Day) -> bool:
        """`Sort code 09-01-28` is no day."""
        return any(
            label.role in _BANK and 0 <= day.start - label.spot.end < _CLOSE
            for label in labels.by_row.get(row, ())
        )

    def _meant(self, label: Label, dated: Dated) -> tuple[str, float]:
        """`Rechnung Nr. 7 vom`, `Lieferschein 9 vom`: a short word dates what stands before it."""
        if label.role == "due" and self._is_no_term(label, dated):
            return "not_day", 0.9
        if label.weight >= 0.8 or label.opens:
            return label.role, label.weight
        before = [
            other
            for other in self._labels.by_row.get(label.spot.row, ())
            if other.spot.end <= label.spot.start and other.role in _NUMBERED
        ]
        last = before[-1] if before else None
        text = self._sheet.rows[label.spot.row].text[: label.spot.start]
        if last is not None and last.role != "number":
            return "not_day", 0.9
        if names_an_invoice(text):
            another = _ANOTHER.search(text.rpartition("\t")[2])
            return ("not_day", 0.97) if another else (label.role, 0.96)
        return label.role, label.weight * 0.6

    def _is_no_term(self, label: Label, dated: Dated) -> bool:
        """The end of a period, or the last day of a discount."""
        after = self._sheet.rows[dated.spot.row].text[dated.spot.end :][:60].partition(". ")[0]
        discount = _DISCOUNT.search(after)
        if _IN_FULL.match(after.lstrip()):
            return False  # `bis 6.3. 2 % Skonto, bis 22.3. ohne Abzug`
        if discount and not _IN_FULL.search(after[: discount.start()]):
            return True
        return len(label.spot.text) < 5 and any(
            other.role == "not_day" and other.spot.end <= label.spot.start
            for other in self._labels.by_row.get(label.spot.row, ())
        )

    def _beside_title(self) -> None:
        """`Beitragsrechnung      24. Januar 2014`: no label, but the title of an invoice."""
        for dated, roles in self.claims.items():
            row = self._sheet.rows[dated.spot.row]
            before = row.text[: dated.spot.start]
            dashed = before.rstrip().endswith(_DASHES) and dated == self.by_row[row.index][0]
            apart = dashed or ("\t" in before and not dated.day.ranged)
            if not roles and apart and names_an_invoice(before):
                roles["issued"] = 0.8

    def _behind_town(self) -> None:
        """`Leeds, 3 April 2025`, `Bonn, den 3.4.2025`: where and when a letter was written."""
        for dated, roles in self.claims.items():
            row = self._sheet.rows[dated.spot.row]
            start, end = row.cell_at(dated.spot.start)
            before, after = row.text[start : dated.spot.start], row.text[dated.spot.end : end]
            taken = max((w for role, w in roles.items() if role != "issued"), default=0.0)
            if taken < _SURE and _TOWN.fullmatch(before) and not after.strip(" ."):
                roles["issued"] = max(roles.get("issued", 0.0), 0.82)

    def _alone(self) -> None:
        """`30 May 2025` in a row of its own, above all amounts of a short letter."""
        rows = self._sheet.rows
        for dated, roles in self.claims.items():
            row = rows[dated.spot.row]
            is_whole = row.text.strip(" .") == dated.spot.text.strip(" .")
            if not roles and is_whole and row.index < _LETTER and not dated.day.ranged:
                roles["issued"] = 0.7

    def _collected(self) -> None:
        """`We will take 40.00 from your account on 3 May`: the day that it is due."""
        for dated, roles in self.claims.items():
            row = self._sheet.rows[dated.spot.row]
            start, end = row.cell_at(dated.spot.start)
            if _COLLECTED.search(row.text, start, end) or self._falls_due(dated):
                roles.pop("issued", None)
                roles.pop("not_day", None)
                roles["due"] = max(roles.get("due", 0.0), 0.9)
            elif "due" in roles and _INSTALMENT.search(self._sentence(dated, start)):
                roles["not_day"] = 1.1

    def _sentence(self, dated: Dated, start: int) -> str:
        """What stands before a day in its sentence, also in the line above."""
        row = self._sheet.rows[dated.spot.row]
        goes_on = row.index and row.text[:1].islower()
        above = self._sheet.rows[row.index - 1].text if goes_on else ""
        return f"{above} {row.text[start : dated.spot.start]}"

    def _falls_due(self, dated: Dated) -> bool:
        """`am 6.12.2013 fällig`, also where the word begins the next line."""
        rest = self._sheet.rows[dated.spot.row].text[dated.spot.end :]
        if not rest.strip() and dated.spot.row + 1 < len(self._sheet.rows):
            rest = self._sheet.rows[dated.spot.row + 1].text
        return bool(_DUE_NEXT.match(rest))

    def _loose_due(self) -> None:
        """A day that nothing claims, in the row under a heading that says `due`."""
        if any(roles.get("due") for roles in self.claims.values()):
            return
        for label in self._labels.of("due"):
            if label.weight < 0.9 or not label.closes:
                continue
            tall = max(6.0, label.spot.bottom - label.spot.top)
            rows = list(self._sheet.below(label.spot, 1.2 * tall))[:1]
            free = [d for row in rows for d in self.by_row.get(row.index, ()) if not self.claims[d]]
            for dated in free[:1]:
                self.claims[dated]["due"] = 0.72

    def order(self, expected: Order | None) -> tuple[Order, bool]:
        """How the numbers stand, and whether that is certain."""
        open_ones = [dated.day for dated in self.all if dated.day.ambiguous]
        day_first = sum(1 for d in self.all if d.day.day_first and not d.day.month_first)
        month_first = sum(1 for d in self.all if d.day.month_first and not d.day.day_first)
        if day_first != month_first:
            return (Order.DAY_FIRST if day_first > month_first else Order.MONTH_FIRST), True
        if not open_ones:
            return expected or Order.DAY_FIRST, True
        if told := self._by_sequence():
            return told, True
        return expected or Order.DAY_FIRST, expected is not None

    def _by_sequence(self) -> Order | None:
        """A bill is due after it is written, and within the year."""
        issued, due = self._strongest("issued"), self._strongest("due")
        if issued is None or due is None or issued == due:
            return None
        sane = [
            order
            for order in Order
            if (a := issued.day.on(order)) and (b := due.day.on(order)) and 0 <= (b - a).days <= 130
        ]
        return sane[0] if len(sane) == 1 else None

    def _strongest(self, role: str) -> Dated | None:
        found = [(roles.get(role, 0.0), dated) for dated, roles in self.claims.items()]
        best = max(found, key=lambda pair: pair[0], default=(0.0, None))
        return best[1] if best[0] > 0.5 else None

    def issued(self, order: Order) -> Found | None:
        """The day the invoice was written."""
        ranked = list(self._ranked("issued", order))
        if ranked:
            return ranked[0]
        free = [d for d in self.all if not self.claims[d] and not d.day.ranged]
        values = {value for d in free if (value := d.day.on(order))}
        first = next((d for d in free if d.day.on(order)), None)
        if first is None:
            return self._any(order)
        value = first.day.on(order)
        at_top = first.spot.page == 1 and first.spot.row < len(self._sheet.rows) // 2
        sure = 0.85 if len(values) == 1 and at_top else 0.55 if at_top else 0.4
        return Found(value, sure, first.spot) if value else None

    def _any(self, order: Order) -> Found | None:
        """No day is left for it: of a bill that is paid at once, the day of that."""
        for dated in self.all:
            value = dated.day.on(order)
            if value is not None and not dated.day.ranged and "due" not in self.claims[dated]:
                return Found(value, 0.4, dated.spot)
        return None

    def due(self, order: Order, issued: date | None) -> Found | None:
        """The day it has to be paid."""
        ranked = list(self._ranked("due", order))
        early = next((f for f in ranked if f.confidence > 0.9 and f.value != issued), None)
        for found in ranked:
            sane = issued is None or 0 <= (found.value - issued).days <= _LONGEST
            if sane and (early is None or found.confidence >= early.confidence):
                return found
        return early._replace(confidence=0.6) if early else None

    def _ranked(self, role: str, order: Order) -> Iterator[Found]:
        """The days that are claimed for a role more than for any other, the best first."""
        found: list[tuple[float, Found]] = []
        for dated, roles in self.claims.items():
            weight, value = roles.get(role, 0.0), dated.day.on(order)
            others = max((w for r, w in roles.items() if r != role), default=0.0)
            if not weight or value is None or others > weight + 0.02:
                continue
            score = weight - (0.4 if dated.day.ranged else 0.0) - (0.2 if others else 0.0)
            found.append((score, Found(value, 0.0, dated.spot)))
        found.sort(key=lambda pair: (-round(pair[0], 2), pair[1].spot.row))
        rivals = {f.value for score, f in found if score > found[0][0] - 0.1}
        for score, each in found:
            yield each._replace(confidence=_confidence(score, len(rivals)))

    def _near(self, label: Label) -> Iterator[tuple[Dated, float]]:
        """The day right of a label, else the one below it."""
        right = [
            dated
            for dated in self.by_row.get(label.spot.row, ())
            if dated.spot.start >= label.spot.end and not self._between(label, dated.spot)
        ]
        if right and _is_beside(label, right[0].spot, self._sheet):
            yield right[0], 1.0
            return
        if wrapped := self._wrapped(label):
            yield wrapped, 0.97
        elif self._is_named_below(label):
            yield from self._under(label)

    def _is_named_below(self, label: Label) -> bool:
        if len(label.spot.text) < _SHORT and self._has_words(label):
            return False
        return label.weight >= 0.8 or (label.opens and label.closes)

    def _has_words(self, label: Label) -> bool:
        """`To: Acme Ltd`: what it labels stands behind it."""
        row = self._sheet.rows[label.spot.row]
        rest = row.text[label.spot.end : row.cell_at(label.spot.start)[1]]
        return any(letter.isalpha() for letter in rest)

    def _wrapped(self, label: Label) -> Dated | None:
        """The line ends with the label, the day begins the next."""
        row = self._sheet.rows[label.spot.row]
        if row.text[label.spot.end :].strip(" :\t") or label.opens:
            return None
        first = self.by_row.get(row.index + 1, [])[:1]
        return first[0] if first and first[0].spot.start == 0 else None

    def _between(self, label: Label, spot: Spot) -> bool:
        """Whether another label of a date stands closer to it."""
        return any(
            label.spot.end <= other.spot.start and other.spot.end <= spot.start
            for other in self._labels.by_row.get(label.spot.row, ())
            if other.role in _ROLES and len(other.spot.text) > 2
        )

    def _under(self, label: Label) -> Iterator[tuple[Dated, float]]:
        near = 0.9
        for row in self._sheet.below(
            label.spot, _UNDER * max(6.0, label.spot.bottom - label.spot.top)
        ):
            for dated in self.by_row.get(row.index, ()):
                if dated.spot.over(label.spot, 1):
                    yield dated, near
                    return
            covered = any(cell.over(label.spot, 0) for cell in row.cells())
            near -= 0.12 if covered else 0.02


def _is_street(text: str, day: Day) -> bool:
    """`Av. 5 de Outubro 40`, `Via 25 Aprile 12`: streets are named after days."""
    return bool(_STREET.search(text[: day.start]))


def _is_beside(label: Label, spot: Spot, sheet: Sheet) -> bool:
    text = sheet.rows[label.spot.row].text[label.spot.end : spot.start]
    if label.weight < 0.8:
        return not any(c.isalnum() for c in text) and ("\t" not in text or label.opens)
    letters = sum(c.isalnum() for c in text)
    return letters <= (_NEXT if "\t" not in text else 4)


def _confidence(score: float, rivals: int) -> float:
    if rivals > 1:
        return 0.6
    if score >= 0.85:
        return 0.98
    return 0.94 if score >= 0.7 else 0.75 if score >= 0.5 else 0.5
