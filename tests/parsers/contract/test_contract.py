"""Contracts: what is read of them, and that every value stands on words that are there."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailagent.core.reading import Kind, Reading
from parsers.contract.dates import days, lengths
from parsers.contract.law import governing_law
from parsers.contract.opening import agreement_date, document_name, effective_date, preamble
from parsers.contract.parties import parties
from parsers.contract.prose import Passage, Prose
from parsers.contract.renewal import last_day_for_notice, notice, renewal
from parsers.contract.term import expiration
from parsers.kinds import read_document

CONTRACT = """HOSTING AND SUPPORT AGREEMENT

This Hosting and Support Agreement (the "Agreement") is made and entered into as of the 1st day of
March, 2025 (the "Effective Date"), by and between Nordlicht Hosting GmbH, a German limited
liability company with its principal place of business in Kiel ("Provider"), and Fjord Lease AS,
a company organized under the laws of Norway ("Customer").

WHEREAS, Customer wishes to obtain hosting services; NOW, THEREFORE, the parties agree as follows:

2. Term. The initial term of this Agreement shall commence on the Effective Date and continue for
two (2) years (the "Initial Term"). Thereafter this Agreement shall automatically renew for
successive one (1) year periods unless either party gives the other written notice of non-renewal
at least ninety (90) days prior to the end of the then-current term.

3. Fees. Customer shall pay EUR 1,200.00 a month. Each invoice is payable within 30 days of receipt.

4. Governing Law. This Agreement shall be governed by and construed in accordance with the laws of
the Kingdom of Norway, without regard to its conflict of laws principles.

IN WITNESS WHEREOF, the parties have executed this Agreement.

By: /s/ Ann Lee            By: /s/ Ola Nordmann
"""


AMENDMENT = """FIRST AMENDMENT

This First Amendment is made as of February 1, 2026 by and between Nordlicht Hosting GmbH
("Provider") and Fjord Lease AS ("Customer"), and amends
that certain Hosting and Support Agreement dated as of March 1, 2025 between the parties (the
"Agreement").

WHEREAS, the parties wish to extend the term; NOW, THEREFORE, the parties agree as follows:

1. The initial term of the Agreement shall continue until March 1, 2032. Thereafter it shall
automatically renew for successive one (1) year periods unless either party gives the other written
notice of non-renewal at least ninety (90) days prior to the end of the then-current term.

2. Except as amended hereby, the Agreement remains in full force and effect. This Amendment shall be
governed by the laws of Norway.

IN WITNESS WHEREOF, the parties have executed this Amendment.

By: /s/ Ann Lee            By: /s/ Ola Nordmann
"""


def read(text: str) -> Reading:
    return read_document(text.encode())


def test_a_contract_is_read_with_the_clauses_it_stands_on() -> None:
    reading = read(CONTRACT)
    assert reading.kind is Kind.CONTRACT
    values = {name: field.value for name, field in reading.fields.items()}
    assert values == {
        "document_name": "HOSTING AND SUPPORT AGREEMENT",
        "document_type": "hosting",
        "parties": ("Nordlicht Hosting GmbH", "Fjord Lease AS"),
        "roles": ("Nordlicht Hosting GmbH: Provider", "Fjord Lease AS: Customer"),
        "agreement_date": "2025-03-01",
        "effective_date": "2025-03-01",
        "term": "2 years",
        "expiration_date": "2027-03-01",
        "renewal_term": "successive 1 year",
        "notice_to_terminate_renewal": "90 days",
        "last_notice_day": "2026-11-30",
        "governing_law": "Norway",
        "amounts": ("EUR 1,200.00",),
        "payment_terms": "invoice is payable within 30 days",
        "signatures": "signed",
    }
    assert reading.fields["expiration_date"].rule == "2025-03-01 (the effective date) + 2 years"
    assert "90 days" in reading.fields["last_notice_day"].rule


def test_every_value_has_a_quote_that_is_in_the_text() -> None:
    flat = " ".join(CONTRACT.split())
    for name, field in read(CONTRACT).fields.items():
        assert field.evidence is not None, name
        assert field.evidence.quote in flat, name


def test_a_passage_cannot_hold_words_that_are_not_there() -> None:
    prose = Prose(["three little words"])
    with pytest.raises(ValueError, match="stretch of its text"):
        Passage(prose, 5, 100)
    with pytest.raises(ValueError, match="stretch of its text"):
        Passage(prose, 5, 5)


@pytest.mark.parametrize(
    "text",
    [
        "Dear Ann, thanks for the agreement. I shall sign it tomorrow. Kind regards, Ben",
        "INVOICE 2026-17\nPayment terms: within 30 days. Governing law: see our contract.\n" * 9,
        "Newsletter: ten things to know about your lease before you terminate it. " * 20,
        "",
    ],
)
def test_what_speaks_of_contracts_is_none(text: str) -> None:
    assert read(text).kind is not Kind.CONTRACT


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("the 22nd day of August 2005", date(2005, 8, 22)),
        ("the 24t h day of August, 2018", date(2018, 8, 24)),
        ("as of1 August 2019", date(2019, 8, 1)),
        ("April. 1st 2019", date(2019, 4, 1)),
        ("December 3rd, 2018", date(2018, 12, 3)),
        ("24 OCT 2011", date(2011, 10, 24)),
        ("9/24/2018", date(2018, 9, 24)),
        ("18/9/2008", date(2008, 9, 18)),
        ("05/05/98", date(1998, 5, 5)),
        ("2026-11-20", date(2026, 11, 20)),
        ("31.12.2026", date(2026, 12, 31)),
        ("20th day of Friday, March 2020", date(2020, 3, 20)),
    ],
)
def test_dates_as_lawyers_write_them(text: str, day: date) -> None:
    assert [found.day for found in days(text)] == [day]


@pytest.mark.parametrize("text", ["February 30, 2020", "section 12/13", "1.2.3.4", "99/99/9999"])
def test_what_is_no_date(text: str) -> None:
    assert not list(days(text))


def test_day_and_month_that_could_be_the_other_way_are_not_sure() -> None:
    assert [d.sure for d in days("3/4/2020 9/24/2018 4/4/2020")] == [False, True, True]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("thirty (30) days", "30 days"),
        ("twelve (12) months", "1 year (12 months)"),
        ("eighteen months", "18 months"),
        ("one-year", "1 year"),
        ("half a year", "0.5 year"),
        ("the fifth (5th) anniversary", ""),
        ("Thirty-six (36) months", "3 years (36 months)"),
        ("one hundred eighty days", "180 days"),
    ],
)
def test_lengths_of_time(text: str, words: str) -> None:
    assert next((found.words for found in lengths(text)), "") == words


@pytest.mark.parametrize(
    ("clause", "place"),
    [
        ("This Agreement is governed by English law, save where provided otherwise.", "England"),
        ("shall be construed under the laws of the Commonwealth of Virginia.", "Virginia"),
        ("THIS AGREEMENT SHALL BE GOVERNED BY THE LAWS OF THE STATE OF NEW YORK.", "New York"),
        (
            "It is governed by the laws, other than choice of law rules, of the state of Ohio.",
            "Ohio",
        ),
        ("governed by the laws of the United States and the State of Texas.", "Texas"),
        ("governed by and construed under the laws of the Federal Republic of Germany.", "Germany"),
        ("The laws of the State of Israel govern all matters of this Agreement.", "Israel"),
    ],
)
def test_whose_law_governs(clause: str, place: str) -> None:
    found = governing_law(Prose([f"12. Miscellaneous. This Agreement {clause}"]))
    assert found is not None
    assert found[0] == place


def test_a_law_that_is_only_mentioned_governs_nothing() -> None:
    text = "Provider is a corporation duly organized under the laws of the State of Delaware."
    assert governing_law(Prose([text])) is None


@pytest.mark.parametrize(
    ("clause", "says"),
    [
        ("This Agreement shall automatically renew for a further term of 3 years.", "3 years"),
        (
            "This Agreement will automatically renew for successive twelve-month periods.",
            "successive 1 year (12 months)",
        ),
        (
            (
                "Thereafter this Agreement shall automatically continue in effect until "
                "either party gives six (6) months notice."
            ),
            "perpetual",
        ),
        ("After the Initial Term it shall continue on a year to year basis.", "successive 1 year"),
        (
            "This Agreement shall continue in full force thereafter until terminated by a Party.",
            "perpetual",
        ),
        (
            (
                "It shall automatically renew for successive six (6) month periods unless notice "
                "is given before the end of the Term."
            ),
            "successive 6 months",
        ),
        ("The Term may be extended for one year by mutual written agreement.", ""),
    ],
)
def test_how_it_is_renewed(clause: str, says: str) -> None:
    found = renewal(Prose([f"2. Term of this Agreement. {clause} 3. Fees."]))
    assert (found.says if found else "") == says


@pytest.mark.parametrize(
    "clause",
    [
        "Either party may terminate this Agreement for breach on thirty (30) days notice.",
        "The Tenant has the option to extend the term by giving at least 60 days prior notice.",
    ],
)
def test_a_notice_of_something_else_is_none(clause: str) -> None:
    found = notice(Prose([clause]))
    assert found is None or "option" not in clause


def test_the_end_is_counted_from_a_day_that_is_named() -> None:
    text = "The term of this Agreement shall be five years, commencing on January 1, 2016."
    found = expiration(Prose([text]), None, None)
    assert found is not None
    assert found.ends == date(2021, 1, 1)
    assert found.rule == "2016-01-01 (the day named) + 5 years"


def test_from_a_launch_nobody_knows_the_end_is_not_counted() -> None:
    text = "The term of this Agreement shall continue for two years following the Launch Date."
    assert expiration(Prose([text]), date(2020, 1, 1), None) is None


def test_the_last_day_for_notice_is_the_earliest_reading() -> None:
    assert last_day_for_notice(date(2027, 4, 30), "3 months") == (
        date(2027, 1, 29),
        "2027-04-30 less 3 months, and a day",
    )
    assert last_day_for_notice(date(2027, 4, 30), "soon") is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            (
                "THIS LEASE is made on 1 May 2020 between: (1) ALPHA LIMITED (the Landlord) (2) "
                "JANE DOE (the Tenant). IT IS AGREED as follows:"
            ),
            ["ALPHA LIMITED", "JANE DOE"],
        ),
        (
            (
                'This Agreement is entered into by and between Eco Inc. ("Eco"), a Nevada '
                'corporation, and Stephen Roe ("Talent"). WHEREAS'
            ),
            ["Eco Inc.", "Stephen Roe"],
        ),
        (
            (
                "This Agreement is made between Alpha Beta Corp. and Gamma Delta LLC on May 1, "
                "2020. WHEREAS"
            ),
            ["Alpha Beta Corp.", "Gamma Delta LLC"],
        ),
    ],
)
def test_between_whom_it_is(text: str, names: list[str]) -> None:
    prose = Prose([text])
    found = [party.name for party in parties(prose, preamble(prose))]
    assert [name.rstrip(".") for name in found] == [name.rstrip(".") for name in names]


def test_what_stands_on_every_page_is_no_part_of_a_sentence() -> None:
    pages = [
        f"The Agreement runs {part}\nSource: ACME CORP, 10-K, 1/2/2020\nPage {n} of 3"
        for n, part in enumerate(("until the end", "of May and", "no longer."), 1)
    ]
    prose = Prose(pages)
    assert prose.text == (
        "The Agreement runs until the end The Agreement runs of May and "
        "The Agreement runs no longer."
    )
    assert [prose.page(prose.text.find(word)) for word in ("until", "May", "longer")] == [1, 2, 3]
    whole = prose.passage(0, len(prose.text)).evidence.quote
    assert any(whole in " ".join(page.split()) for page in pages)


@given(st.text(max_size=400))
def test_any_text_can_be_asked(text: str) -> None:
    prose = Prose([text])
    opening = preamble(prose)
    agreed = agreement_date(prose, opening)
    effective_date(prose, agreed)
    document_name(prose)
    parties(prose, opening)
    governing_law(prose)
    renewal(prose)
    notice(prose)
    expiration(prose, None, None)


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        "this agreement ",
        "a-",
        "((",
        "between and ",
        "1 ",
        "laws of the ",
        "renew term year ",
        '("A") ',
    ],
)
def test_hostile_texts_take_time_in_proportion_to_their_length(unit: str) -> None:
    def seconds(letters: int) -> float:
        text = CONTRACT + unit * (letters // len(unit))
        began = time.process_time()
        read(text)
        return time.process_time() - began

    seconds(1000)  # what is loaded once
    small = min(seconds(20_000) for _ in range(3))
    large = min(seconds(160_000) for _ in range(2))
    assert large < 4 * 8 * max(small, 0.01)


def test_what_is_said_to_be_attached_and_is_not_is_missing() -> None:
    said = (
        CONTRACT
        + "\nThe prices are in Exhibit A attached hereto and in Annex 2, attached hereto.\n"
    )
    field = read_document(said.encode()).fields["missing_annexes"]
    assert field.value == ("Exhibit A", "Annex 2")
    there = read_document(f"{said}\nExhibit A\nPrices\n\nANNEX 2: Services\nAll of them".encode())
    assert "missing_annexes" not in there.fields


def test_a_party_is_also_known_by_the_short_name_that_the_contract_gives_it() -> None:
    said = CONTRACT.replace("Nordlicht Hosting GmbH", 'Nordlicht Hosting GmbH ("Nordlicht")', 1)
    assert "Nordlicht" in read_document(said.encode()).fields["parties"].value


def test_the_parties_of_a_letter_are_those_that_it_gives_a_word_for() -> None:
    letter = (
        "AGENCY AGREEMENT\nMay 21, 2015\nDear Sir:\nThe undersigned, Dundee Securities Ltd. "
        '(the "Lead Agent"), understands that Tribute Pharma Inc. (the "Corporation") proposes to '
        "issue shares. The Corporation shall indemnify the Lead Agent. This Agreement is "
        "governed by the laws of Ontario and may be terminated by either party. In witness "
        "whereof the parties have executed it pursuant to the foregoing obligations and "
        "warranties, in consideration of the covenants hereof and of the liability of each "
        "party under this agreement."
    )
    assert read_document(letter.encode()).fields["parties"].value[:2] == (
        "Dundee Securities Ltd",
        "Tribute Pharma Inc",
    )


@pytest.mark.parametrize(
    ("clause", "ends"),
    [
        ("end the later of (i) December 15, 1999 or (ii) the last delivery", "1999-12-15"),
        (
            (
                "terminate five (5) years after the launch, but in no event later than "
                "February 28, 2013"
            ),
            "2013-02-28",
        ),
        ("remain in effect until the end of 2006", "2006-12-31"),
        ("remain in effect until the end of the current calendar year", "1998-12-31"),
    ],
)
def test_the_end_is_read_however_it_is_put(clause: str, ends: str) -> None:
    text = f"2. Term. The initial term of this Agreement shall commence at once and {clause}."
    found = expiration(Prose([text]), date(1998, 3, 1), None)
    assert found is not None
    assert found.ends == date.fromisoformat(ends)


def test_names_that_stand_only_where_it_is_signed_are_parties() -> None:
    text = (
        "JOINT FILING AGREEMENT Each of the undersigned agrees to file together.\n"
        "Date: April 7, 2020\nHARBOR CAPITAL LP By: /s/ Ann Lee Ann Lee Chief Financial Officer "
        "HARBOR MANAGEMENT, INC. By: /s/ Ann Lee Ann Lee"
    )
    named = [party.name for party in parties(Prose([text]), None)]
    assert named == ["HARBOR CAPITAL LP", "HARBOR MANAGEMENT, INC"]


def test_what_a_name_is_said_to_be_makes_it_a_party() -> None:
    text = (
        "Whitestone, a California corporation having a place of business at 4 Elm Court (or one of "
        "its affiliates), and Blue Ridge Mines Ltd., a British Columbia Corporation, agree:"
    )
    named = [party.name for party in parties(Prose([text]), None)]
    assert named == ["Whitestone", "Blue Ridge Mines Ltd"]


@pytest.mark.parametrize(
    ("said", "name", "day"),
    [
        ("amends that certain Office Lease dated as of May 4, 2019 (the", "Office Lease",
         "2019-05-04"),
        ("amends the Master Services Agreement entered into on 3 June 2021 by",
         "Master Services Agreement", "2021-06-03"),
        ("amends the Hosting Agreement between them, as they see fit", "", ""),
        ("and this First Amendment dated May 4, 2019 amends it", "", ""),
    ],
)  # fmt: skip
def test_an_amendment_names_what_it_changes(said: str, name: str, day: str) -> None:
    before, _, behind = AMENDMENT.partition("amends\nthat certain")
    found = read(f"{before} {said} {behind.partition('(the')[2]}")
    assert (found.text("amends"), found.text("amends_date")) == (name, day)
    assert read(CONTRACT).text("amends") == ""


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("By: /s/ Ann Lee            By: ______________", "signed in part"),
        ("By: ______________         By: ______________", "not signed"),
        ("By: /s/ Ann Lee            By: /s/ Ola Nordmann", "signed"),
    ],
)
def test_who_has_signed(lines: str, says: str) -> None:
    signed = CONTRACT.replace("By: /s/ Ann Lee            By: /s/ Ola Nordmann", lines)
    assert read(signed).text("signatures") == says
