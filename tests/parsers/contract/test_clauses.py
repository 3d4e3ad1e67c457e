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
            "The term of this Agreement terminates upon the earlier of (i) the date on "
            "which the last order is filled and (ii) February 28, 2018."
        ),
        "2018-02-28",
    ),
    (
        (
            "This Agreement shall continue until the day preceding the fifth (5th) "
            "anniversary of the Effective Date."
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
            "ARTICLE 3 - PERIOD OF PERFORMANCE. The work shall be done during the period "
            "May 1, 2011 through April 30, 2012."
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
    ("4. Term: February 1, 2006 - January 31, 2011.", "2011-01-31"),
    (
        (
            "The Concession shall commence at 02.00 hours on 30 March 2011 and, subject to "
            "Clause 18, shall expire at 01.59 hours on 29 March 2014."
        ),
        "2014-03-29",
    ),
    (
        (
            "This Agreement shall endure for five years from the Effective Date, and its "
            "last day is March 14, 2016."
        ),
        "2016-03-14",
    ),
    ("The term of this Agreement is 5 (five) years and starts on May 1, 2011.", "2016-05-01"),
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
            "terminated observing a period of three (3) months to the end of the respective"
            " term."
        ),
        "successive 1 year (12 months)",
        "3 months",
    ),
    (
        (
            "It will be extended from one calendar year to the next if no party cancels it "
            "in writing not later than four months prior to December 31."
        ),
        "successive 1 year",
        "4 months",
    ),
    (
        (
            "Thereafter it renews for twelve months each time, save where a party has told "
            "the other, ninety (90) days or more ahead of the end of the term, that it does"
            " not intend to go on."
        ),
        "successive 1 year (12 months)",
        "90 days",
    ),
    (
        (
            "Either party may terminate this Agreement at the end of the first five (5) "
            "years or at the end of any later period by giving at least ninety (90) days "
            "prior written notice."
        ),
        "",
        "90 days",
    ),
    (
        (
            "Alder has the option of extending the term by two (2) further periods of one "
            "(1) year each, such option to be declared no later than nine (9) months before"
            " expiry."
        ),
        "2 successive 1 year",
        "",
    ),
    (
        (
            "Birch has the option to renew this Agreement for two consecutive terms of ten "
            "(10) years. It must give notice of its election not less than seven (7) months"
            " before the end."
        ),
        "2 successive 10 years",
        "",
    ),
    (
        (
            "This Agreement runs from Contract Year to Contract Year, until terminated by "
            "either Party at the end of the primary term by at least sixty (60) Days' prior"
            " written notice."
        ),
        "successive 1 year",
        "60 days",
    ),
    (
        (
            "Tenant shall have two options to extend the term by five (5) years each, "
            "exercisable by notice at least one year before the term would otherwise end."
        ),
        "2 successive 5 years",
        "",
    ),
    (
        (
            "It renews for successive terms of 3 (three) years, unless either gives at "
            "least 180 days' advance notice of its election to not renew."
        ),
        "successive 3 years",
        "180 days",
    ),
    ("This Agreement shall be renewed year by year.", "successive 1 year", ""),
]


@pytest.mark.parametrize(("clause", "again", "notice"), RENEWED)
def test_how_it_goes_on(clause: str, again: str, notice: str) -> None:
    assert read("renewal_term", clause) == again
    assert read("notice_to_terminate_renewal", clause) == notice


LAWS = [
    ("The parties submit to the laws of the United Mexican States.", "Mexico"),
    (
        (
            "This Agreement is governed by Ohio law as applied to contracts made there, and"
            " without regard to the laws of New York."
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
            "This franchise is made in the Commonwealth of Virginia, and shall be governed "
            "in all respects, including validity and effect, by its laws."
        ),
        "Virginia",
    ),
]


@pytest.mark.parametrize(("clause", "place"), LAWS)
def test_whose_law(clause: str, place: str) -> None:
    found = fields_of(Prose([f"{HEAD}\n{clause}"]))["governing_law"]
    assert found.value == place


def test_what_says_that_it_is_the_whole_agreement_does_not_open_it() -> None:
    head = (
        "OUTFITTER AGREEMENT\nEntire Agreement. This Agreement, together with its exhibits, is the "
        "entire agreement between the parties.\nThis Agreement, effective October 1, 2007 (the "
        '"Effective Date"), is between Alder Works, Inc. ("Alder") and Birch Mills LLC ("Birch").'
    )
    assert read("agreement_date", "", head) == "2007-10-01"


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
