"""Mails are sorted by what they are, and nothing of value is set aside."""

from itertools import chain

import pytest

from mailagent.core.reading import Kind
from mailagent.core.triage import History, Look, Teaching, because, is_set_aside, weighed
from parsers.mail.mime import read_message
from parsers.triage.likeness import TABLE, read_table
from parsers.triage.look import look_at
from tests.triage import learn, mails
from tests.triage.blind import told
from tests.triage.clients import sent_on
from tests.triage.scoring import Score, score, sort_mail

LEAST = 0.95  # of all kinds right


def _holds(found: Score) -> None:
    assert not found.lost, [one.mail.id for one in found.lost]
    assert found.right >= LEAST * found.n, str(found)


@pytest.mark.slow
def test_there_are_at_least_six_hundred_in_at_least_six_languages() -> None:
    texts = list(mails.texts())
    assert len(texts) >= 600
    assert len({mail.language for mail in texts}) >= 6
    assert {mail.way for mail in texts} >= {"plain", "list", "noreply", "inline", "enclosed"}


@pytest.mark.slow
def test_texts_that_the_table_was_learned_from() -> None:
    _holds(score(list(mails.texts())[::5]))
    _holds(score([*mails.unseen(), *mails.last(), *mails.fresh(), *mails.second()][::10]))


@pytest.mark.slow
def test_texts_that_nothing_was_learned_from() -> None:
    """Other wording is recognised less often; nothing of value goes out of sight for it."""
    found = score(chain(told("fourth"), told("seventh")))
    assert not found.lost, [one.mail.id for one in found.lost]
    assert found.right >= 0.88 * found.n, str(found)
    assert found.unclear <= 0.3 * found.n


def test_what_is_given_as_sure_is_right() -> None:
    sure = [
        one for one in map(sort_mail, chain(told("fourth"), told("seventh"))) if one.look.is_sure
    ]
    assert sum(one.right for one in sure) >= LEAST * len(sure)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_table_is_what_learning_makes() -> None:
    """The same mails give the same weights, but for the last digit on another machine."""
    kept, made = read_table(TABLE.read_text("utf-8")), read_table(learn.table(learn.known()))
    assert set(kept) ^ set(made) <= {
        trait for trait in (*kept, *made) if _is_weak(trait, kept, made)
    }
    for trait in set(kept) & set(made):
        for kind in {*kept[trait], *made[trait]}:
            difference = kept[trait].get(kind, 0.0) - made[trait].get(kind, 0.0)
            assert abs(difference) <= 0.07, (trait, kind)


def _is_weak(trait: str, *tables: dict[str, dict[str, float]]) -> bool:
    """So near the least weight that one machine keeps it and another does not."""
    return all(abs(w) < 0.07 for table in tables for w in table.get(trait, {}).values())


@pytest.mark.slow
def test_papers_that_mail_programs_send_on_with_hardly_a_word() -> None:
    _holds(score(list(sent_on())[::5]))


def test_one_phrase_alone_sets_nothing_aside() -> None:
    """What a machine says of a day until which something holds may be a deadline."""
    raw = (
        b"From: Shop <noreply@shop.example>\r\nTo: ops@acme.example\r\nSubject: Zertifikat\r\n"
        b"Auto-Submitted: auto-generated\r\nContent-Type: text/plain\r\n\r\n"
        b"Das Zertifikat gilt bis 4.12.2026. https://shop.example/x\r\n"
    )
    assert not is_set_aside(look_at(raw, read_message(raw)))


@pytest.mark.slow
def test_papers_on_their_carriers() -> None:
    _holds(score([*mails.documents(), *mails.public()]))


@pytest.mark.slow
def test_what_a_request_is_about() -> None:
    asked = [sort_mail(mail) for mail in mails.texts() if mail.topic]
    wrong = [one.mail.id for one in asked if not one.topic_right]
    assert len(wrong) <= 0.05 * len(asked), wrong


@pytest.mark.slow
def test_reasons_are_in_words() -> None:
    for mail in list(mails.texts())[::25]:
        look = sort_mail(mail).look
        assert look.reason
        assert look.why is not None
        assert look.language in ("", *mails.LANGUAGES)


NEWS = Look.model_validate(
    {"kind": Kind.NEWSLETTER, "confidence": 0.85, **because("sign", "it carries List-Id")}
)


def _taught(seen: Kind, kind: Kind) -> History:
    lesson = Teaching(sender="news@shop.example", seen=seen, kind=kind, person="ann", message=7)
    return History(lessons=(lesson,))


def test_a_persons_word_goes_first() -> None:
    wanted = weighed(NEWS, _taught(Kind.NEWSLETTER, Kind.OTHER))
    assert not is_set_aside(wanted)
    assert "ann" in wanted.reason
    assert is_set_aside(weighed(NEWS, _taught(Kind.OTHER, Kind.NEWSLETTER)))


def test_what_was_said_of_one_kind_says_nothing_of_another() -> None:
    """A bill from the sender of a newsletter is a bill all the same."""
    bill = NEWS.model_copy(update={"kind": Kind.BILL_NOTICE})
    assert weighed(bill, _taught(Kind.NEWSLETTER, Kind.NEWSLETTER)).kind is Kind.BILL_NOTICE


def test_whom_we_wrote_to_sends_no_spam() -> None:
    spam = NEWS.model_copy(update={"kind": Kind.SPAM})
    assert is_set_aside(weighed(spam))
    assert not is_set_aside(weighed(spam, History(written_to=True)))


def test_one_more_of_what_always_came() -> None:
    doubtful = NEWS.model_copy(update={"confidence": 0.6})
    assert not is_set_aside(weighed(doubtful))
    assert is_set_aside(weighed(doubtful, History(kinds={"newsletter": 3})))
    assert not is_set_aside(weighed(doubtful, History(kinds={"newsletter": 3, "invoice": 1})))


@pytest.mark.parametrize("subject", ["1" * 20_000, "1 " * 10_000, "1." * 10_000])
def test_a_subject_of_digits_comes_to_an_end(subject: str) -> None:
    text = "1 " * 10_000
    head = f"From: a@b.example\r\nTo: ops@acme.example\r\nSubject: {subject}\r\n"
    raw = f"{head}\r\n{text}\r\n".encode()
    assert look_at(raw, read_message(raw)).reason
