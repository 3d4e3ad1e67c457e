"""Old Word files: their text piece by piece, and what is no such file, locked or broken."""

import random

import pytest

from mailagent.core.errors import Unreadable
from mailagent.core.reading import Kind
from parsers.kinds import read_document
from parsers.text.word97 import word_text
from tests.ole import doc, ole
from tests.parsers.contract.test_contract import CONTRACT


def test_pieces_of_one_byte_a_letter_and_of_two_are_one_text() -> None:
    text = word_text(doc(("Vertrag über ", True), ("Łódź\rund ", False), ("mehr\x0cSeite 2", True)))
    assert text == "Vertrag über Łódź\nund mehr\x0cSeite 2"
    assert word_text(doc(("ab", True), second=False)) == "ab"


def test_of_a_field_its_result_is_read() -> None:
    link = "\x13 HYPERLINK \x13 X \x14u\x15\x14hier\x15"
    said = f"Seite \x13 PAGE \x147\x15 von {link}, \x13 TOC \x15Ende\x07"
    assert word_text(doc((said, True))) == "Seite 7 von hier, Ende\t"


def test_a_contract_in_an_old_file_is_read() -> None:
    whole = doc((CONTRACT.replace("\n", "\r"), True))
    reading = read_document(whole)
    assert reading.kind is Kind.CONTRACT
    assert reading.text("last_notice_day") == "2026-11-30"


def test_another_ole_file_has_no_text() -> None:
    assert word_text(ole({"Workbook": b"x" * 5000})) is None
    with pytest.raises(Unreadable, match="old office format"):
        read_document(ole({"Workbook": b"x" * 5000}))


def test_what_is_locked_or_broken_is_told() -> None:
    with pytest.raises(Unreadable, match="needs a password"):
        word_text(doc(("secret", True), locked=True))
    with pytest.raises(Unreadable):
        word_text(ole({"WordDocument": b"x" * 5000}))
    whole, chance = doc(("text " * 200, True)), random.Random(7)
    for _ in range(150):
        broken = bytearray(whole)
        for _ in range(12):
            broken[chance.randrange(512, len(broken))] = chance.randrange(256)
        try:
            word_text(bytes(broken[: chance.randrange(512, len(broken))]))
        except Unreadable:
            continue
