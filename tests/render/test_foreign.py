"""Words of strangers never become words of ours."""

import re
import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailagent.core.capability import RemoveFile
from mailagent.core.letter import (
    DraftLetter,
    Letter,
    NoticeLetter,
    Origin,
    Original,
    QuestionLetter,
    ReceiptLetter,
    ReminderLetter,
)
from mailagent.core.reading import Check, Evidence, Field, Source
from mailagent.render.foreign import clean, file_name, masked, without_accounts
from tests.render.letters import (
    ACTIONS,
    ANN,
    BILL,
    COMPANY,
    FILE,
    LETTERS,
    PROPOSAL,
    READING,
    REMIND,
    draft,
    envelope,
)
from tests.render.parts import body, opened, render

NASTY = (
    "\r\nBcc: x@evil.example\r\n\r\n",
    "\nReply  approve 123 456",
    "\u2028Reply  approve",
    "<script>alert(1)</script>",
    '"><a href="https://evil.example">Approve</a>',
    "</td></table></div>",
    "' onmouseover='x",
    "https://evil.example/approve?x=1",
    "HTTP://hTTp://evil.example",
    "ħttp://evil.example",
    "www.www.evil.example",
    "javascript:alert(1)",
    "[ops 9ZZZ]",
    "[ OPS 9ZZZ]",
    "\u202ekcab",
    "\u2066\u200b\u200d\ufeff\u00ad\u3164",
    "\x00\x07\x1b[31m\x7f\x9b",
    "{0.__class__}{title}",
    "{{ 7 * 7 }}{% raw %}",
    "`approve`",
    "=?utf-8?q?Bcc:?=",
    "a\u0300\u0301\u0302\u0303\u0304\u0305",
    "\ud800",
    "-- \n",
    "x" * 400,
    "word " * 300,
)
foreign = st.lists(st.sampled_from(NASTY) | st.text(max_size=30), min_size=1, max_size=4).map(
    "".join
)
HEADERS = {
    "From",
    "To",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "X-Mailagent-Audit",
    "MIME-Version",
    "Content-Type",
}


def hostile(evil: str) -> list[Letter]:
    """Every kind of letter with this in every place that strangers can reach."""
    around = envelope(
        ANN.model_copy(update={"name": evil}),
        subject=evil,
        company=COMPANY.model_copy(update={"name": evil}),
        in_reply_to=evil,
        references=(evil, f"<{evil}>", "<a@b.example>"),
    )
    seen = Field(
        value=evil, confidence=0.5, source=Source.TEXT, evidence=Evidence(quote=evil, page=1)
    )
    derived = Field(value=evil, confidence=1, source=Source.DERIVED, rule=f"total + {evil}")
    items = Field(
        value=({"description": evil, "net": evil},),
        confidence=1,
        source=Source.XML,
        evidence=Evidence(quote=evil),
    )
    names = [*READING.fields, "made_up"]
    fields = dict.fromkeys(names, seen) | {"due_date": derived, "line_items": items}
    bill = BILL.model_copy(update={"vendor": evil, "number": evil, "book_to": evil})
    payloads = (
        bill,
        FILE.model_copy(update={"folder": evil, "name": evil}),
        REMIND.model_copy(update={"person": evil, "text": evil}),
    )
    actions = tuple(
        action.model_copy(update={"payload": payload})
        for action, payload in zip(ACTIONS, payloads, strict=True)
    )
    proposal = PROPOSAL.model_copy(
        update={
            "title": evil,
            "reading": READING.model_copy(update={"fields": fields}),
            "checks": (Check(name=evil, ok=False, detail=evil),),
            "actions": actions,
            "notes": (evil, evil),
            "you_wrote": evil,
        }
    )
    receipt = LETTERS["receipt"]
    notice = LETTERS["notice-refused"]
    question = LETTERS["question"]
    reminder = LETTERS["reminder"]
    assert isinstance(receipt, ReceiptLetter)
    assert isinstance(notice, NoticeLetter)
    assert isinstance(question, QuestionLetter)
    assert isinstance(reminder, ReminderLetter)
    line = receipt.lines[0].model_copy(
        update={"payload": RemoveFile(path=evil, content="d"), "detail": evil}
    )
    return [
        draft(
            proposal,
            envelope=around,
            origin=Origin(sender=evil, received_at=around.at, forwarded_by=evil),
            original=Original(name=evil, media_type=evil, content=b"x"),
            picture=None,
        ),
        question.model_copy(
            update={"envelope": around, "proposal": proposal, "they_wrote": evil, "why": evil}
        ),
        receipt.model_copy(update={"envelope": around, "lines": (line,), "reason": evil}),
        notice.model_copy(update={"envelope": around, "what": evil, "facts": ((evil, evil),)}),
        reminder.model_copy(update={"envelope": around, "text": evil}),
    ]


class Tags(HTMLParser):
    """What a mail client would build of the HTML."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def skeleton(letter: Letter) -> list[str]:
    """The tags of its HTML, but for those that break up dots."""
    tags = Tags(body(opened(letter), "html")).open
    return [tag for tag in tags if tag != "span"]


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(foreign)
def test_nothing_breaks_out_of_the_headers(evil: str) -> None:
    for letter in hostile(evil):
        raw = render(letter).raw
        block = raw.partition(b"\r\n\r\n")[0].decode("ascii")
        names = re.findall(r"^([^\s:]+):", block, re.MULTILINE)
        assert set(names) <= HEADERS
        assert len(names) == len(set(names))
        assert max(map(len, raw.split(b"\r\n"))) <= 998
        mail = opened(letter)
        assert len(re.findall(r"\[\s*ops", mail["Subject"], re.IGNORECASE)) == 1
        assert mail["To"].addresses[0].addr_spec == "ann@acme.example"


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(foreign)
def test_nothing_breaks_out_of_the_html(evil: str) -> None:
    for letter, tame in zip(hostile(evil), hostile("evil"), strict=True):
        page = body(opened(letter), "html")
        if clean(evil) and isinstance(letter, DraftLetter | ReminderLetter):
            assert set(skeleton(letter)) == set(skeleton(tame))
        assert page.count("<a ") <= 2
        for name, value in Tags(page).attributes:
            assert not name.startswith("on")
            assert name != "href" or value.startswith("mailto:ops%2B")
        assert "://" not in page
        assert "www." not in page.lower()


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(foreign)
def test_nothing_in_the_text_looks_like_ours(evil: str) -> None:
    for letter in hostile(evil):
        text = body(opened(letter), "plain")
        if isinstance(letter, DraftLetter):
            assert len(re.findall(r"^Reply ", text, re.MULTILINE)) == 1
        assert "://" not in text
        for character in text.replace("\n", ""):
            assert unicodedata.category(character)[0] != "C", repr(character)


@given(st.text())
def test_clean_words_are_one_visible_line(text: str) -> None:
    said = clean(text)
    assert len(said) <= 200
    assert said == said.strip()
    assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for c in said)
    assert clean(said) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("  Nordlicht \t Hosting\r\nGmbH ", "Nordlicht Hosting GmbH"),
        ("Booking.com B.V.", "Booking.com B.V."),
        ("see https://evil.example/x.pdf now", "see evil[.]example/x.pdf now"),
        ("www.evil.example", "evil[.]example"),
        ("\u202egnp.exe", "gnp.exe"),
        ("שלום", "שלום"),
        ("Zoë & Łukasz, 株式会社", "Zoë & Łukasz, 株式会社"),
    ],
)
def test_clean(text: str, said: str) -> None:
    assert clean(text) == said


@pytest.mark.parametrize(
    ("account", "shown"),
    [
        ("DE44500105175407324931", "DE44 ... 3249 31"),
        ("de44 5001 0517 5407 3249 31", "DE44 ... 3249 31"),
        ("NO9386011117947", "NO93 ... 1117 947"),
        ("FR7630006000011234567890189", "FR76 ... 7890 189"),
        ("AT611904300234573201", "AT61 ... 3201"),
        ("123456789", "... 6789"),
        ("", ""),
    ],
)
def test_accounts_are_masked(account: str, shown: str) -> None:
    assert masked(account) == shown


def test_accounts_are_masked_wherever_they_are_mentioned() -> None:
    said = "before DE89 3704 0044 0532 0130 00, now DE44500105175407324931."
    assert without_accounts(said) == "before DE89 ... 0130 00, now DE44 ... 3249 31."


def test_other_long_numbers_are_not() -> None:
    assert without_accounts("bill RE20261187000123456") == "bill RE20261187000123456"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ('a";x=y\r\n.pdf', "a__x=y .pdf"),
        ("Überweisung 1.pdf", "Überweisung 1.pdf"),
        ("\u202e", "document"),
    ],
)
def test_file_names(name: str, safe: str) -> None:
    assert file_name(name) == safe
