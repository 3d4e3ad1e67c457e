"""Which kind a document is, when several readers look at it."""

from mailagent.core.reading import Kind, Reading
from parsers.kinds import KINDS, read_document
from parsers.opened import Opened
from tests.documents import Bill, cii_xml, factur_x
from tests.parsers.contract.test_contract import CONTRACT


class Claims:
    """A kind that claims everything."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.kinds = frozenset({kind})

    def read(self, _document: Opened) -> Reading:
        return Reading(kind=self.kind, confidence=0.9)


def test_two_claims_stop() -> None:
    both = (Claims(Kind.CONTRACT), Claims(Kind.INVOICE))
    reading = read_document(b"text", kinds=both)
    assert reading.kind is Kind.OTHER
    assert reading.reason == "it looks like contract and invoice alike"


def test_what_was_written_for_programs_is_no_matter_of_opinion() -> None:
    reading = read_document(cii_xml(Bill()), kinds=(*KINDS, Claims(Kind.CONTRACT)))
    assert reading.kind is Kind.INVOICE


def test_a_person_settles_it() -> None:
    both = (Claims(Kind.CONTRACT), Claims(Kind.INVOICE))
    assert read_document(b"text", kinds=both, as_kind=Kind.CONTRACT).kind is Kind.CONTRACT


def test_a_persons_word_goes_before_the_type_code() -> None:
    reading = read_document(cii_xml(Bill()), as_kind=Kind.CREDIT_NOTE)
    assert reading.kind is Kind.CREDIT_NOTE
    assert "it looks like invoice" in reading.reason
    assert reading.text("total") == "135.66"


def test_a_kind_without_a_reader_has_no_fields() -> None:
    reading = read_document(factur_x(), as_kind=Kind.MEETING_NOTES)
    assert (reading.kind, reading.fields, reading.pages) == (Kind.MEETING_NOTES, {}, 1)


def test_the_end_of_a_sentence_is_no_title_and_a_contract_with_sums_is_one() -> None:
    wrapped = CONTRACT + (
        "\nInvoices are payable net forty-five (45) days from the date of\nreceipt.\n"
        "Each party maintains insurance of not less than $2,000,000 per occurrence.\n"
        "The guaranteed royalty is $125,000 for each year.\n"
    )
    assert read_document(wrapped.encode()).kind is Kind.CONTRACT
