"""A corrected value's place: learned from one page, found on the next, never on a stranger's."""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailagent.core.lesson import Lesson, PagePlace, Taught
from mailagent.core.reading import Evidence, Field, Kind, Reading, Source
from parsers.invoice.page.layout import Sheet
from parsers.memory.place import find, is_of, learn
from parsers.memory.recall import recall
from parsers.text.grid import text_words

FORM = """\
{vendor}                          Hafenstrasse 1, 20457 Hamburg
                                  Telefon 040 123 456

Corp Ltd
Kontor                            Vorgang {number}
                                  Vom     {day}
                                  Bis     {due}
{things}
Summe aller Posten                          {net}
Umlage                                      {tax}
Zahlbetrag am Ende                          {total} EUR
Zahlbar auf unser Konto           {account}
Steuerkennung                     {vat}
"""
VAT = "DE123456788"
OURS, THEIRS = "DE02120300000000202051", "DE89370400440532013000"


class Page(NamedTuple):
    """What one page of that form says."""

    number: str = "AB-1017/26"
    day: date = date(2026, 11, 3)
    due: date = date(2026, 11, 17)
    cents: int = 11900
    vendor: str = "Nordlicht Hosting GmbH"
    vat: str = VAT
    account: str = OURS
    things: tuple[str, ...] = ("Server klein", "Domain")

    @property
    def text(self) -> str:
        net = self.cents * 100 // 119
        sums = {"net": net, "tax": self.cents - net, "total": self.cents}
        said = {name: _euros(cents) for name, cents in sums.items()}
        things = "\n".join(f"{n}  {thing}" for n, thing in enumerate(self.things, 1))
        days = {"day": f"{self.day:%d.%m.%Y}", "due": f"{self.due:%d.%m.%Y}"}
        return FORM.format(**self._asdict() | said | days | {"things": things})

    @property
    def sheet(self) -> Sheet:
        return Sheet(text_words(self.text))

    def value(self, field: str) -> str:
        said = {
            "invoice_number": self.number,
            "issue_date": self.day.isoformat(),
            "due_date": self.due.isoformat(),
            "total": f"{self.cents / 100:.2f}",
            "seller_name": self.vendor,
            "iban": self.account,
        }
        return said[field]


FIELDS = ("invoice_number", "issue_date", "due_date", "total", "seller_name", "iban")
days = st.dates(date(2020, 1, 1), date(2029, 12, 31))
pages = st.builds(
    Page,
    vendor=st.just("Nordlicht Hosting GmbH"),
    vat=st.just(VAT),
    account=st.sampled_from((OURS, THEIRS)),
    number=st.from_regex(r"[A-Z]{2}-[0-9]{3,5}/[0-9]{2}", fullmatch=True),
    day=days,
    due=days,
    cents=st.integers(100, 99_999_999),
    things=st.lists(st.sampled_from(("Server", "Domain", "Wartung", "Lizenz")), max_size=6).map(
        tuple
    ),
)


def _euros(cents: int) -> str:
    whole = f"{cents // 100:,}".replace(",", ".")
    return f"{whole},{cents % 100:02d}"


def taught(page: Page, field: str) -> PagePlace:
    place = learn(page.sheet, field, page.value(field), marks=(page.vendor, page.vat))
    assert place is not None
    return place


@given(page=pages, following=pages, field=st.sampled_from(FIELDS))
def test_what_was_taught_is_found_on_the_next_page(page: Page, following: Page, field: str) -> None:
    """Nothing, or what stands there: a page that shows one day twice may not tell them apart."""
    found = find(following.sheet, taught(page, field))
    if page.day != page.due or not field.endswith("_date"):
        assert found is not None
    if found is not None:
        assert found.value == following.value(field)
        assert found.spot.text.strip() in following.text
        assert found.confidence < 1


@given(page=pages, following=pages, field=st.sampled_from(FIELDS), who=st.sampled_from("ab"))
def test_never_on_the_page_of_another_vendor(
    page: Page, following: Page, field: str, who: str
) -> None:
    """Also where it copies the form, and also where it copies the name or the tax number alone."""
    other = (
        following._replace(vendor="Sudlicht Hosting GmbH")
        if who == "a"
        else following._replace(vat="DE987654321")
    )
    assert find(other.sheet, taught(page, field)) is None


@pytest.mark.slow
@given(page=pages, words=st.lists(st.text("abcdefghij", min_size=3, max_size=9), min_size=30))
def test_never_on_another_form_of_the_vendor(page: Page, words: list[str]) -> None:
    """A letter of theirs, with their name and number in it, is no page of that layout."""
    letter = f"{page.vendor} {page.vat}\n" + "\n".join(words) + f"\nVorgang {page.number}"
    assert find(Sheet(text_words(letter)), taught(page, "invoice_number")) is None


def test_a_page_without_its_vendor_teaches_nothing() -> None:
    assert learn(Page().sheet, "total", "119.00", marks=("Somebody Else", "")) is None


def test_what_the_page_does_not_show_is_not_learned() -> None:
    assert learn(Page().sheet, "total", "120.00", marks=("Nordlicht Hosting GmbH",)) is None


def test_a_day_that_can_be_two_is_read_as_it_was_taught() -> None:
    def slashed(page: Page) -> Sheet:
        text = page.text.replace(f"{page.day:%d.%m.%Y}", f"{page.day:%d/%m/%Y}")
        return Sheet(text_words(text))

    page = Page(day=date(2026, 4, 3))
    place = learn(slashed(page), "issue_date", "2026-04-03", marks=(page.vendor,))
    assert place is not None
    assert place.month_first is False
    found = find(slashed(Page(day=date(2026, 6, 5))), place)
    assert found is not None
    assert found.value == "2026-06-05"


def test_two_days_that_were_one_are_not_told_apart() -> None:
    page = Page(day=date(2026, 11, 3), due=date(2026, 11, 3))
    place = taught(page, "issue_date")
    assert find(Page(day=date(2026, 12, 3), due=date(2026, 12, 17)).sheet, place) is None


# -- with what was read ---------------------------------------------------------------------------


def _field(value: str, confidence: float = 0.95) -> Field:
    return Field(
        value=value, confidence=confidence, source=Source.TEXT, evidence=Evidence(quote=value)
    )


def _lesson(place: PagePlace, number: int = 1) -> Lesson:
    mail = Taught(
        case=1,
        ref="4F7Q",
        person="ann",
        words="number AB-1",
        document="d",
        reply="r",
        at=datetime(2026, 11, 20, tzinfo=UTC) + timedelta(days=number),
    )
    vendor = "Nordlicht Hosting GmbH"
    return Lesson(id=number, vendor=vendor, keys=(), field=place.field, place=place, taught=mail)


def _recalled(page: Page, place: PagePlace, **read: str) -> Reading:
    fields = {name: _field(value) for name, value in read.items()}
    reading = Reading(kind=Kind.INVOICE, confidence=1, fields=fields)
    return recall(page.text.encode(), reading, (_lesson(place),), part=1)


def test_it_takes_the_place_of_what_was_read_wrongly_and_cites_its_lesson() -> None:
    following = Page(number="AB-1018/26")
    made = _recalled(following, taught(Page(), "invoice_number"), invoice_number="1018")
    field = made.fields["invoice_number"]
    assert (field.value, field.source) == ("AB-1018/26", Source.MEMORY)
    assert field.rule == "1 4F7Q 2026-11-21"
    assert field.evidence is not None
    assert field.evidence.quote == "AB-1018/26"


def test_a_value_that_was_read_alike_stays_as_it_was_read() -> None:
    made = _recalled(Page(), taught(Page(), "iban"), iban=OURS)
    assert made.fields["iban"].source is Source.TEXT


def test_another_account_is_never_put_out_of_sight() -> None:
    """Somebody wrote a new account above the old one: what was read stays, and is compared."""
    place = taught(Page(), "iban")
    assert _recalled(Page(), place, iban=THEIRS).text("iban") == THEIRS
    assert _recalled(Page(), place).text("iban") == OURS


def test_an_account_that_was_wrong_before_is_wrong_again() -> None:
    place = taught(Page(), "iban").model_copy(update={"instead_of": THEIRS})
    assert _recalled(Page(), place, iban=THEIRS).text("iban") == OURS


def test_the_last_word_on_a_place_wins() -> None:
    old, new = taught(Page(), "issue_date"), taught(Page(), "due_date")
    lessons = (_lesson(old), _lesson(new.model_copy(update={"field": "issue_date"}), 2))
    reading = Reading(kind=Kind.INVOICE, confidence=1)
    made = recall(Page().text.encode(), reading, lessons, part=1)
    assert made.text("issue_date") == Page().due.isoformat()


@pytest.mark.parametrize("field", FIELDS)
def test_a_page_is_its_own_layout(field: str) -> None:
    assert is_of(Page().sheet, taught(Page(), field))
