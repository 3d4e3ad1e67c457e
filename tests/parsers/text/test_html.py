"""HTML as a person sees it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.text.html import html_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a\tb\n\nc"),
        ("a  \n b&nbsp;c &amp; d", "a b\xa0c & d"),
        ("<pre>a\n  b</pre>", "a\nb"),
        ("<script>x</script><style>y</style><title>z</title>seen", "seen"),
        ('<div style="display : none">x<p>y</p></div>seen', "seen"),
        ('<span style="font-size:0">x</span>seen<span hidden>y</span> too', "seen too"),
        ('<span style="font-size:0.9em">seen</span>', "seen"),
        ("<!-- x -->seen<!-- y -->", "seen"),
        ("<p>torn <b>tags", "torn tags"),
        ("", ""),
        ("<>", "<>"),
        ("<!-- only a comment -->", ""),
        ("plain", "plain"),
        ("Gr\u00fc\u00dfe", "Gr\u00fc\u00dfe"),
    ],
)
def test_visible_text(html: str, text: str) -> None:
    assert html_text(html) == text


def test_depth_is_no_danger() -> None:
    assert html_text("<div>" * 100_000 + "deep") in ("", "deep")


@given(st.text())
def test_it_never_fails(html: str) -> None:
    html_text(html).encode()
