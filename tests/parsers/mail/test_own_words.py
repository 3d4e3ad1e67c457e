"""Own words of replies in all clients, languages, positions and signatures: see writers.py."""

import re
from collections import Counter

import pytest

from parsers.mail.reply import split_html_reply, split_reply
from tests.parsers.mail.tongues import TONGUES
from tests.parsers.mail.writers import Written, pages, texts

TEXTS = dict(texts())
PAGES = dict(pages())


def squeezed(text: str) -> str:
    return " ".join(text.split())


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def test_there_are_hundreds_in_many_languages() -> None:
    assert len(TEXTS) > 1900
    assert len(PAGES) > 400
    assert len(TONGUES) >= 25


@pytest.mark.slow
@pytest.mark.parametrize("language", TONGUES)
def test_text(language: str) -> None:
    mine = {n: w for n, w in TEXTS.items() if re.match(rf"{language}-(?!tw)", n)}
    assert mine
    for name, written in mine.items():
        parts = split_reply(written.text)
        assert squeezed(parts.own) == squeezed(written.own), name
        assert squeezed(parts.signature) == squeezed(written.signature), name
        _nothing_is_gone(written, parts.own + parts.signature + parts.quoted, name)


@pytest.mark.parametrize("language", TONGUES)
def test_html(language: str) -> None:
    mine = {n: w for n, w in PAGES.items() if re.match(rf"{language}-(?!tw)", n)}
    assert mine
    for name, written in mine.items():
        parts = split_html_reply(written.text)
        assert squeezed(parts.own) == squeezed(written.own), name
        assert "Nordlicht" in parts.quoted, name


def _nothing_is_gone(written: Written, parts: str, name: str) -> None:
    assert "".join(sorted(re.sub(r"\s", "", parts))) == "".join(
        sorted(re.sub(r"\s", "", written.text))
    ), name
