"""What every mail of ours carries, and what it must never carry."""

import re
from email import message_from_bytes
from email.policy import default
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from mailagent.core.letter import BriefLetter, DraftLetter, Letter, Original
from mailagent.core.people import Address, Pin, Proof
from mailagent.core.policy import Judgement, Verdict
from mailagent.core.reading import Evidence, Field, Source
from mailagent.core.shown import numbered
from tests.render.letters import ANN, LETTERS, PROPOSAL, READING, SUBJECT, TOKEN, draft, envelope
from tests.render.parts import body, files, opened, render

every_letter = pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS)
PDF = Original(name="bill.pdf", media_type="application/pdf", content=b"%PDF-1.7")


def links(letter: Letter) -> list[str]:
    """Every address that the HTML leads to."""
    return [found.replace("&amp;", "&") for found in re.findall(r'href="([^"]*)"', html(letter))]


def html(letter: Letter) -> str:
    return body(opened(letter), "html")


@every_letter
def test_the_bytes_are_legal(letter: Letter) -> None:
    raw = render(letter).raw
    assert raw.isascii()
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    for part in message_from_bytes(raw, policy=default).walk():
        assert part.defects == []


@every_letter
def test_the_headers(letter: Letter) -> None:
    mail = opened(letter)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"] == f"<{TOKEN}@acme.example>"
    answered = "" if isinstance(letter, BriefLetter) else "<forward.1@acme.example>"
    assert (mail["In-Reply-To"] or "") == answered  # a brief opens a thread of its own
    assert (mail["References"] or "").endswith(answered)
    assert mail["X-Mailagent-Audit"] == letter.envelope.audit_hash
    assert mail["From"].addresses[0].addr_spec == "ops@acme.example"
    assert mail["Date"].datetime == letter.envelope.at
    named = f" [ops {letter.envelope.ref}]" if letter.envelope.ref else ""
    assert mail["Subject"].endswith(named)
    assert named or "[ops" not in mail["Subject"]
    assert render(letter).recipient == letter.envelope.person.main_address


@every_letter
def test_nothing_remote_and_not_much_of_it(letter: Letter) -> None:
    page = html(letter)
    assert len(page.encode()) < 100 * 1024
    assert re.search(r"https?:|//|@import|url\(|<script|<link|<iframe", page) is None
    assert all(link.startswith("mailto:ops%2B") for link in links(letter))
    assert "https://" not in body(opened(letter), "plain")


@every_letter
def test_it_is_written_in_the_persons_language(letter: Letter) -> None:
    assert f'<html lang="{letter.envelope.person.language}">' in html(letter)


def test_a_reply_keeps_the_subject() -> None:
    assert opened(LETTERS["draft"])["Subject"] == f"{SUBJECT} [ops 4F7Q]"
    assert opened(LETTERS["receipt"])["Subject"] == f"Re: {SUBJECT} [ops 4F7Q]"


def test_without_a_case_there_is_no_reference() -> None:
    letter = draft(envelope=envelope(ref="", in_reply_to="", references=()))
    mail = opened(letter)
    assert mail["Subject"] == SUBJECT
    assert mail["References"] is None


def test_buttons_hold_the_answer() -> None:
    approve, reject = links(LETTERS["draft"])
    for link, word in ((approve, "approve"), (reject, "reject")):
        address = urlsplit(link)
        query = parse_qs(address.query)
        assert unquote(address.path) == f"ops+{TOKEN}@acme.example"
        assert query == {"subject": [f"Re: {SUBJECT} [ops 4F7Q]"], "body": [word]}


def test_no_buttons_where_plus_addressing_does_not_work() -> None:
    assert links(draft(envelope=envelope(reply_to=""))) == []


def test_a_code_is_never_ready_to_send() -> None:
    over = Judgement(verdict=Verdict.CODE, why=("over the limit",))
    assert "body=approve%20" in links(draft(judgement=over))[0]
    pinned = Address(address="ann@acme.example", pin=Pin(method=Proof.CODE))
    person = ANN.model_copy(update={"addresses": (pinned,)})
    assert all(link.endswith("%20") for link in links(draft(envelope=envelope(person))))


def test_what_is_forbidden_cannot_be_approved() -> None:
    never = Judgement(verdict=Verdict.FORBID, why=("not in this company",))
    letter = draft(judgement=never)
    assert [link.rpartition("=")[2] for link in links(letter)] == ["reject"]
    text = body(opened(letter), "plain")
    assert text.startswith("This cannot be approved. All 6 checks passed.\nReply  reject [why]\n")
    assert "not in this company" in text


def test_the_original_is_attached() -> None:
    assert files(opened(draft(original=PDF))) == {"bill.pdf": PDF.content}


def test_a_large_original_is_not_and_it_says_so() -> None:
    large = PDF.model_copy(update={"content": bytes(10 * 1024 * 1024 + 1)})
    mail = opened(draft(original=large))
    assert files(mail) == {}
    assert "too large to send on: bill.pdf" in body(mail, "plain")


def test_a_mail_as_original_is_attached_as_a_file() -> None:
    kept = Original(name="a.eml", media_type="message/rfc822", content=b"From: a\r\n\r\nhi")
    assert files(opened(draft(original=kept))) == {"a.eml": kept.content}


def test_the_picture_is_inside_and_its_numbers_are_those_of_the_fields() -> None:
    mail = opened(LETTERS["draft"])
    pictures = [part for part in mail.walk() if part.get_content_type() == "image/png"]
    assert len(pictures) == 1
    page = body(mail, "html")
    assert f'src="cid:{pictures[0]["Content-ID"].strip("<>")}"' in page
    marks = [int(n) for n in re.findall(r'class="mark"[^>]*>(\d+)<', page)]
    assert marks == list(numbered(READING).values()) == list(range(1, len(marks) + 1))


def test_a_stop_has_no_buttons_no_original_and_no_picture() -> None:
    letter = LETTERS["draft-stop"]
    assert isinstance(letter, DraftLetter)
    assert letter.original is not None
    mail = opened(letter)
    text = body(mail, "plain")
    assert text.startswith("STOP: the bank account changed.\n  ! Before DE89 ... 0130 00")
    assert links(letter) == []
    assert files(mail) == {}
    assert b"image/png" not in render(letter).raw
    assert "DE44500105175407324931" not in text + body(mail, "html")


def test_a_question_about_a_stop_has_no_buttons_either() -> None:
    stop, question = LETTERS["draft-stop"], LETTERS["question"]
    assert isinstance(stop, DraftLetter)
    assert len(links(question)) == 2
    assert links(question.model_copy(update={"proposal": stop.proposal})) == []


def test_what_failed_comes_first() -> None:
    text = body(opened(LETTERS["draft-look"]), "plain")
    assert text.startswith("Look first: 2 of 6 checks failed.\n  ! ")
    assert text.index("  ! The totals") < text.index("Reply  ") < text.index("I will")
    assert "(?)" in text


def test_lines_are_shown_and_counted() -> None:
    items = tuple({"description": f"thing {n}", "net": f"{n}.50"} for n in range(1, 6))
    seen = Evidence(quote="5 lines")
    lines = Field(value=items, confidence=1, source=Source.XML, evidence=seen)
    reading = READING.model_copy(update={"fields": READING.fields | {"line_items": lines}})
    text = body(opened(draft(PROPOSAL.model_copy(update={"reading": reading}))), "plain")
    assert "lines    EUR 1.50  thing 1\n         EUR 2.50  thing 2\n" in text
    assert "         and 2 more\n" in text
    assert "thing 4" not in text


def test_the_headline_is_the_first_thing_seen() -> None:
    page = html(LETTERS["draft"])
    visible = re.sub(r"<[^>]+>", "", page.partition("<body")[2].partition(">")[2]).strip()
    assert visible.startswith("Approve this bill?")
