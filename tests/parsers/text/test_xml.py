"""XML from strangers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailagent.core.errors import Unreadable
from parsers.text import xml
from parsers.text.xml import find, find_all, local_name, parse_xml, text_of
from tests.documents import BILLION_LAUGHS

SECRET = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (BILLION_LAUGHS, "DOCTYPE"),
        (BILLION_LAUGHS.decode().encode("utf-16"), "DOCTYPE"),
        (BILLION_LAUGHS.decode().encode("utf-16-be"), "DOCTYPE"),
        (SECRET, "DOCTYPE"),
        (b'<!DOCTYPE a SYSTEM "http://127.0.0.1/x.dtd"><a/>', "DOCTYPE"),
        (b"<a>&undefined;</a>", "not well-formed"),
        (b"<a>" * 1000 + b"</a>" * 1000, "not well-formed"),
        (b"", "not well-formed"),
        (b"<a", "not well-formed"),
        (b"text", "not well-formed"),
        (b'<?xml version="1.0" encoding="no-such"?><a/>', "not well-formed"),
    ],
)
def test_dangerous_or_broken_xml_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        parse_xml(content)


def test_a_doctype_hidden_by_its_encoding_is_refused() -> None:
    hidden = b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a+AD4-<a/>'
    with pytest.raises(Unreadable):
        parse_xml(hidden)


def test_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml, "SIZE", 10)
    with pytest.raises(Unreadable, match="too large"):
        parse_xml(b"<a>0123456789</a>")


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf<a>\xc3\xbc</a>",
        b'\n \xef\xbb\xbf<?xml version="1.0"?><a>\xc3\xbc</a>',
        b'<?xml version="1.0" encoding="ISO-8859-1"?><a>\xfc</a>',
        "<a>ü</a>".encode("utf-16"),
    ],
)
def test_encodings(content: bytes) -> None:
    assert text_of(parse_xml(content)) == "ü"


def test_paths_ignore_namespaces() -> None:
    root = parse_xml(b'<a xmlns="one"><b xmlns="two"><c> 1 </c><d>2</d></b><b><c>3</c></b></a>')
    assert local_name(root) == "a"
    assert [text_of(found) for found in find_all(root, "b/c")] == ["1", "3"]
    assert [text_of(found) for found in find_all(root, "x|b/d|c")] == ["1", "2", "3"]
    assert find(root, "b/x") is None
    assert text_of(None) == ""


@given(st.binary(max_size=300))
def test_it_refuses_or_parses(content: bytes) -> None:
    try:
        parse_xml(content)
    except Unreadable:
        return
