"""What vendors have to prove: the papers on file, the rules, what is missing or runs out."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum

from mailagent.core.filing import party_key
from mailagent.core.question import AskVendor, KnownVendor
from mailagent.core.reading import Check, Reading, tested
from mailagent.core.said import Said, say
from mailagent.core.spelling import spell_day
from mailagent.core.value import Value, sha256
from mailagent.core.vendor import letters_of


class PaperName(StrEnum):
    """The papers that are known, by the names that readers and settings use."""

    INSURANCE = "insurance_certificate"
    W9 = "w9"
    VAT = "vat_registration"
    TRADE = "trade_licence"
    EXEMPTION = "exemption_certificate"
    RESIDENCE = "tax_residence"
    ISO = "iso_certificate"


# On these the number is one of a tax office, as it stands on the vendor's bills.
_TAXED = frozenset({PaperName.W9, PaperName.VAT, PaperName.RESIDENCE})
_NAMES = {
    "en": {
        PaperName.INSURANCE: "a certificate of insurance",
        PaperName.W9: "a W-9",
        PaperName.VAT: "a VAT registration certificate",
        PaperName.TRADE: "a trade licence",
        PaperName.EXEMPTION: "an exemption certificate (§ 48b EStG)",
        PaperName.RESIDENCE: "a certificate of tax residence",
        PaperName.ISO: "an ISO certificate",
    },
    "de": {
        PaperName.INSURANCE: "einen Versicherungsnachweis",
        PaperName.W9: "ein W-9",
        PaperName.VAT: "eine Bescheinigung der Umsatzsteuer-Registrierung",
        PaperName.TRADE: "eine Gewerbeanmeldung",
        PaperName.EXEMPTION: "eine Freistellungsbescheinigung (§ 48b EStG)",
        PaperName.RESIDENCE: "eine Ansässigkeitsbescheinigung",
        PaperName.ISO: "ein ISO-Zertifikat",
    },
}
_SUBJECT = {"en": "Papers of {vendor}", "de": "Unterlagen von {vendor}"}
_ASKED = {
    "en": "for our records of {vendor} we need:\n\n{papers}\n\nCould you send them as PDF in reply "
    "to this mail?",
    "de": "für unsere Unterlagen zu {vendor} benötigen wir:\n\n{papers}\n\nWürden Sie sie als PDF "
    "in Antwort auf diese Mail senden?",
}
_ENDS = {
    "en": " (the one we have is valid until {day})",
    "de": " (der vorliegende Nachweis gilt bis {day})",
}


class PaperOnFile(Value):
    """A vendor's paper that was filed."""

    vendor: str
    paper: PaperName
    number: str = ""
    valid_until: date | None = None  # None: it does not end
    path: str
    case: str  # its reference


class PaperRule(Value):
    """Which papers a vendor must have, and who is asked for them."""

    vendor: str
    needs: tuple[PaperName, ...]
    address: str = ""  # empty: the owner is asked whom to ask


class PaperRules(Value):
    """The vendors that have to prove something."""

    vendors: tuple[PaperRule, ...] = ()
    days_before: int = 30  # a paper that ends so soon is asked for anew


class Lack(Value):
    """A paper that is missing, has ended, or soon will."""

    paper: PaperName
    ends: date | None = None  # None: there never was one


class Chase(Value):
    """What one vendor is to be asked for."""

    vendor: str
    address: str = ""
    lacks: tuple[Lack, ...]

    def slot(self, today: date) -> int:
        """The same lack is asked for once a quarter: a number for the two of them."""
        said = [f"{lack.paper} {lack.ends}" for lack in self.lacks]
        quarter = f"{today.year}/{(today.month - 1) // 3}"
        return int(sha256("\n".join((party_key(self.vendor), quarter, *said)).encode())[:7], 16)

    def subject(self, language: str) -> str:
        """What the mail is about."""
        return _SUBJECT[language].format(vendor=self.vendor)

    def words(self, language: str) -> str:
        """What is asked."""
        lines = [f"- {_wanted(lack, language)}" for lack in self.lacks]
        return _ASKED[language].format(vendor=self.vendor, papers="\n".join(lines))


def _wanted(lack: Lack, language: str) -> str:
    name = _NAMES[language][lack.paper]
    return name + (_ENDS[language].format(day=_day(lack.ends, language)) if lack.ends else "")


def _day(day: date, language: str) -> str:
    return spell_day(day, date.min, language)


def chases(rules: PaperRules, filed: Sequence[PaperOnFile], today: date) -> list[Chase]:
    """What every vendor is to be asked for; a paper that no rule asks for only when it ends."""
    soon = today + timedelta(days=rules.days_before)
    by_vendor = _by_vendor(filed)
    found = []
    for rule in rules.vendors:
        latest = by_vendor.pop(party_key(rule.vendor), {})
        needed = dict.fromkeys((*rule.needs, *latest))
        lacks = [_lack(name, latest.get(name), soon) for name in needed]
        found.append(_chase(rule.vendor, rule.address, lacks))
    for latest in by_vendor.values():
        lacks = [_lack(name, paper, soon) for name, paper in latest.items()]
        found.append(_chase(next(iter(latest.values())).vendor, "", lacks))
    return [chase for chase in found if chase.lacks]


def _chase(vendor: str, address: str, lacks: Iterable[Lack | None]) -> Chase:
    return Chase(vendor=vendor, address=address, lacks=tuple(lack for lack in lacks if lack))


def _lack(name: PaperName, paper: PaperOnFile | None, soon: date) -> Lack | None:
    if paper is None:
        return Lack(paper=name)
    ends = paper.valid_until
    return Lack(paper=name, ends=ends) if ends and ends <= soon else None


def _by_vendor(filed: Iterable[PaperOnFile]) -> dict[str, dict[PaperName, PaperOnFile]]:
    """Of each vendor's papers of one kind the one that holds longest."""
    found: dict[str, dict[PaperName, PaperOnFile]] = {}
    for paper in filed:
        latest = found.setdefault(party_key(paper.vendor), {})
        held = latest.get(paper.paper)
        if held is None or (paper.valid_until or date.max) >= (held.valid_until or date.max):
            latest[paper.paper] = paper
    return found


def listed(
    rules: PaperRules, filed: Sequence[PaperOnFile], today: date, wanted: str = ""
) -> tuple[tuple[str, Said], ...]:
    """A line for each paper that is there, and for each that a rule asks for and is not."""
    by_vendor = _by_vendor(filed)
    named = {party_key(rule.vendor): rule.vendor for rule in rules.vendors}
    named |= {key: next(iter(latest.values())).vendor for key, latest in by_vendor.items()}
    needs = {party_key(rule.vendor): rule.needs for rule in rules.vendors}
    lines: list[tuple[str, Said]] = []
    for key, vendor in sorted(named.items()):
        if party_key(wanted) not in key:
            continue
        latest = by_vendor.get(key, {})
        lines += [(vendor, _line(paper, today)) for paper in latest.values()]
        missing = (name for name in needs.get(key, ()) if name not in latest)
        lines += [(vendor, say("papers.missing", paper=name)) for name in missing]
    return tuple(lines)


def _line(paper: PaperOnFile, today: date) -> Said:
    said = {"paper": paper.paper, "number": paper.number, "ref": paper.case}
    ends = paper.valid_until
    if ends is None:
        return say("papers.open", **said)
    return say("papers.ended" if ends < today else "papers.until", day=ends, **said)


def asked_of(reading: Reading) -> tuple[AskVendor, ...]:
    """What a vendor's paper is compared with."""
    holder = reading.text("holder")
    return (AskVendor(vendor=holder),) if reading.text("paper") and holder else ()


def compared(reading: Reading, known: KnownVendor | None, today: date) -> tuple[Check, ...]:
    """It holds, it is made out to a vendor as the books know them, with their tax number."""
    if not reading.text("paper"):
        return ()
    made = []
    if ends := reading.date("valid_until"):
        made.append(tested("paper_valid", ok=ends >= today, day=ends))
    holder, number = reading.text("holder"), reading.text("number")
    if known is not None and (known.bills or known.alike):
        others = ", ".join(known.alike)
        made.append(tested("paper_holder", ok=not known.alike, holder=holder, others=others))
    if known is not None and reading.text("paper") in _TAXED and number:
        ours = [other for other in known.tax_numbers if _comparable(number, other)]
        if ours:
            same = letters_of(number) in map(letters_of, ours)
            made.append(tested("paper_number", ok=same, number=number, ours=ours[0]))
    return tuple(made)


def _comparable(one: str, other: str) -> bool:
    """A VAT number says nothing of a number of the local tax office: both are of one shape."""
    shapes = [re.sub(r"\d", "9", letters_of(number)) for number in (one, other)]
    return shapes[0] == shapes[1]
