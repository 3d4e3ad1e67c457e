"""Clauses in the words of long commercial contracts: when they end, how they go on, whose law."""

import pytest

from parsers.contract.fields import fields_of
from parsers.contract.prose import Prose

HEAD = (
    'This Supply Agreement (this "Agreement") is entered into as of March 14, 2011 (the '
    '"Effective Date"), by and between Alder Works, Inc. ("Alder") and Birch Mills LLC ("Birch").'
)
OTHERS = """\
The Products are warranted to be free from defects in material for a period of eighteen (18)
 months from the date of shipment.
The obligations of this Section shall continue for a period of five (5) years after the
 expiration or earlier termination of this Agreement.
""".replace("\n ", " ")
WHOLE = "It shall be governed by the laws of Ohio."


def read(field: str, clause: str, head: str = HEAD) -> str:
    found = fields_of(Prose([f"{head}\n{OTHERS}{clause}\n{WHOLE}"])).get(field)
    return str(found.value) if found else ""


ENDS = [
    ("The Term shall end on the last day of February, 2014.", "2014-02-28"),
    ("This Agreement shall run for three years, ending with December 31, 2013.", "2013-12-31"),
    (
        "The term of this Agreement shall end at 11:59 p.m., Central Time, on September 30, 2015.",
        "2015-09-30",
    ),
    ("The term shall expire at hour ending 24:00 on December 31, 2039.", "2039-12-31"),
    (
        (
            "The term of this Agreement terminates upon the earlier of (i) the date on which "
            "the last order is filled and (ii) February 28, 2018."
        ),
        "2018-02-28",
    ),
    (
        (
            "This Agreement shall continue until the day preceding the fifth (5th) anniversary "
            "of the Effective Date."
        ),
        "2016-03-13",
    ),
    (
        (
            "This Agreement shall continue until the end of the third full calendar year "
            "following the Effective Date."
        ),
        "2014-12-31",
    ),
    ("This Agreement shall remain in force through December 2014.", "2014-12-31"),
    ("This Agreement shall continue until the end of calendar year 2013.", "2013-12-31"),
    (
        (
            "ARTICLE 3 - PERIOD OF PERFORMANCE. The work shall be done during the period May 1,"
            " 2011 through April 30, 2012."
        ),
        "2012-04-30",
    ),
    (
        (
            "The agency hereby created shall commence on May 1, 2011 and shall, subject to "
            "Clause 9, continue for a fixed period of five (5) years expiring on April 30, "
            "2016."
        ),
        "2016-04-30",
    ),
    ("The term of this Agreement begins on the Delivery Date and runs for five (5) years.", ""),
    ("", ""),  # what is warranted is no term
]


@pytest.mark.parametrize(("clause", "day"), ENDS)
def test_the_day_it_ends(clause: str, day: str) -> None:
    assert read("expiration_date", clause) == day


RENEWED = [
    (
        (
            "The term is prolonged tacitly by twelve (12) months at a time if it is not "
            "terminated observing a period of three (3) months to the end of the respective "
            "term."
        ),
        "successive 1 year (12 months)",
        "3 months",
    ),
    (
        (
            "It will be extended from one calendar year to the next if no party cancels it in "
            "writing not later than four months prior to December 31."
        ),
        "successive 1 year",
        "4 months",
    ),
    (
        (
            "Thereafter it renews for twelve months each time, save where a party has told the "
            "other, ninety (90) days or more ahead of the end of the term, that it does not "
            "intend to go on."
        ),
        "successive 1 year (12 months)",
        "90 days",
    ),
    (
        (
            "Either party may terminate this Agreement at the end of the first five (5) years "
            "or at the end of any later period by giving at least ninety (90) days prior "
            "written notice."
        ),
        "",
        "90 days",
    ),
    (
        (
            "Alder has the option of extending the term by two (2) further periods of one (1) "
            "year each, such option to be declared no later than nine (9) months before expiry."
        ),
        "2 successive 1 year",
        "",
    ),
    (
        (
            "Birch has the option to renew this Agreement for two consecutive terms of ten (10)"
            " years. It must give notice of its election not less than seven (7) months before "
            "the end."
        ),
        "2 successive 10 years",
        "",
    ),
    ("This Agreement shall be renewed year by year.", "successive 1 year", ""),
]


@pytest.mark.parametrize(("clause", "again", "notice"), RENEWED)
def test_how_it_goes_on(clause: str, again: str, notice: str) -> None:
    assert read("renewal_term", clause) == again
    assert read("notice_to_terminate_renewal", clause) == notice


LAWS = [
    (
        (
            "This Agreement is governed by Ohio law as applied to contracts made there, and "
            "without regard to the laws of New York."
        ),
        "Ohio",
    ),
    (
        "This Agreement shall be governed by the law of Ohio, excluding the laws of Bermuda.",
        "Ohio",
    ),
    ("This Agreement shall be exclusively governed by Swiss substantive law.", "Switzerland"),
    (
        (
            "The Agreement is subject to the law of the Federal Republic of Germany to the "
            "exclusion of the CISG."
        ),
        "Germany",
    ),
    (
        (
            "This franchise is made in the Commonwealth of Virginia, and shall be governed in "
            "all respects, including validity and effect, by its laws."
        ),
        "Virginia",
    ),
]


@pytest.mark.parametrize(("clause", "place"), LAWS)
def test_whose_law(clause: str, place: str) -> None:
    found = fields_of(Prose([f"{HEAD}\n{clause}"]))["governing_law"]
    assert found.value == place


def test_a_title_that_begins_the_sentence() -> None:
    head = (
        "AGENCY AGREEMENT\nAGREEMENT made this fourth day of December, One Thousand Nine Hundred "
        "and Ninety-Eight (December 4, 1998) between ALDER LIMITED (the Principal) and BIRCH "
        "LIMITED, party of the second part."
    )
    assert read("agreement_date", "The agency shall take effect from 1 May 1999.", head) == (
        "1998-12-04"
    )
    assert read("effective_date", "The agency shall take effect from 1 May 1999.", head) == (
        "1999-05-01"
    )
    assert "part" not in read("parties", "", head).lower().replace("parties", "")
