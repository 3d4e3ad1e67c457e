"""The bytes themselves."""

from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import default

import pytest

from mailagent.render import mime


@pytest.mark.parametrize("text", ["a\r\nBcc: x@evil.example", "ü\r\nBcc: x", "a\x00b", "=?x?q?a?="])
def test_header_words_stay_in_their_line(text: str) -> None:
    written = mime.words(text)
    assert written.isascii()
    assert all(line.startswith(" ") for line in written.split("\r\n")[1:])
    assert str(make_header(decode_header(written))) == text.replace("\r\n", "  ").replace(
        "\x00", " "
    )


def test_long_words_beyond_ascii_are_written_in_pieces_of_75() -> None:
    written = mime.words("Überweisung " * 20)
    assert max(map(len, written.split("\r\n"))) <= 76
    assert str(make_header(decode_header(written))) == "Überweisung " * 20


def test_a_long_message_id_stays_whole() -> None:
    long = f"{'a' * 120}@acme.example"
    assert mime.message_id(long) == f"<{long}>"
    assert mime.thread([f"<{long}>", "<b@c>"]) == f"<{long}>\r\n <b@c>"


@pytest.mark.parametrize("wrong", ["", "a b", "a>\r\nBcc: x", "<a@b>"])
def test_a_message_id_that_is_none_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="no Message-ID"):
        mime.message_id(wrong)


@pytest.mark.parametrize("wrong", ["", "a b@c", "a@b\r\nBcc: x"])
def test_an_address_that_is_none_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="no mail address"):
        mime.mailbox("Ann", wrong)


def test_threads_keep_their_first_and_latest_mails() -> None:
    ids = [f"<{n}@a>" for n in range(100)]
    assert mime.thread(ids).split() == [ids[0], *ids[-20:]]


def test_names_beyond_ascii_survive() -> None:
    part = mime.attached(b"x", "application/pdf", "Überweisung „1“.pdf")
    mail = message_from_bytes(mime.whole((), part), policy=default)
    assert mail.get_filename() == "Überweisung „1“.pdf"
    assert mail.get_payload(decode=True) == b"x"


@pytest.mark.parametrize("text", ["ü" * 500 + "\n", "a = b \n. \n\nFrom x\n", ""])
def test_text_comes_back_as_it_was(text: str) -> None:
    part = mime.text_part(text, "plain")
    assert max(map(len, part.body.split(b"\r\n"))) <= 76
    mail = message_from_bytes(mime.whole((), part), policy=default)
    assert mail.get_payload(decode=True) == text.replace("\n", "\r\n").encode()
