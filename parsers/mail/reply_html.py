"""An HTML reply as lines, each marked with what its element says of it."""

import re

from lxml import etree

from parsers.mail.reply_lines import MOST_LINES, Line, Mark
from parsers.text.charset import clean

_LIMIT = 2_000_000  # characters of markup
_UNSEEN = frozenset({"head", "script", "style", "template", "title", "noscript", "object"})
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
        "body",
        "html",
    ]
)
_QUOTED = re.compile(
    r"(?:x_)*(?:gmail_attr|gmail_extra_quote|moz-cite-prefix|protonmail_quote|yahoo_quoted.*"
    r"|.*yahoo_quoted"
    r"|zmail_extra|hmquote|quoted_text|wordsection_quote|ticket_quote|gmx_quote|mail_quote"
    r"|freshdesk_quote"
    r"|front-blockquote|tutanota_quote|mailplane_quote)"
)
_REST_QUOTED = re.compile(
    r"(?:x_)*(?:divrplyfwdmsg|appendonsend|outlookmessageheader|olk_src_body_section|reply-intro"
    r"|mail-editor-reference-message-container|ms-outlook-mobile-reference-message|isforwardcontent"
    r"|isreplycontent|stopspelling|replysplit|origbody|hmheader)"
)
_SIGNATURE = re.compile(
    r"(?:x_)*(?:gmail_signature.*|moz-signature|signature|protonmail_signature_block.*"
    r"|ms-outlook-mobile-signature|applemailsignature|applemailsignaturebelowprefix|signature_block"
    r"|tutanota_signature|yahoo-signature|ydp.*signature)"
)
_RULE_ABOVE = re.compile(
    r"border-top\s*:\s*(?:solid\s+#|1(?:\.0)?p[tx]\s+solid|none;border-top)", re.IGNORECASE
)


def lines_of(html: str) -> list[Line]:
    """Every line of text, hidden ones too: what is hidden must not go unnoticed."""
    parser = etree.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8"
    )
    try:
        root = etree.fromstring(clean(html[:_LIMIT]).encode(), parser)
    except etree.LxmlError:  # nothing in it that is markup
        return []
    return [] if root is None else _Lines(root).lines


class _Lines:
    """Collects the lines of a tree. Without recursion: depth is the sender's choice."""

    def __init__(self, root: etree._Element) -> None:
        self.lines: list[Line] = []
        self._pieces: list[str] = []
        self._marks: list[Mark] = []
        self._marked: list[etree._Element] = []
        self._unseen: etree._Element | None = None
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if not isinstance(element.tag, str):
                continue
            if len(self.lines) > MOST_LINES:
                return
            if event == "start":
                self._open(element, element.tag)
            else:
                self._close(element, element.tag)
        self._break()

    def _open(self, element: etree._Element, tag: str) -> None:
        if self._unseen is None and tag in _UNSEEN:
            self._unseen = element
        if self._unseen is not None:
            return
        mark = _mark_of(element, tag)
        if tag in _BLOCKS or tag == "br" or mark is not Mark.NONE:
            self._break()
        if mark is Mark.REST_QUOTED:
            self.lines.append(Line("", Mark.REST_QUOTED))
        elif mark is not Mark.NONE:
            self._marks.append(mark)
            self._marked.append(element)
        self._say(element.text, pre=tag == "pre")

    def _close(self, element: etree._Element, tag: str) -> None:
        if self._unseen is element:
            self._unseen = None
        elif self._unseen is None:
            if tag in _BLOCKS or (self._marked and self._marked[-1] is element):
                self._break()
            if self._marked and self._marked[-1] is element:
                self._marked.pop()
                self._marks.pop()
        if self._unseen is None:
            self._say(element.tail, pre=False)

    def _say(self, text: str | None, *, pre: bool) -> None:
        if not text:
            return
        if not pre:
            self._pieces.append(re.sub(r"[ \t\r\n]+", " ", text))
            return
        for number, line in enumerate(text.split("\n")):
            if number:
                self._break()
            self._pieces.append(line)

    def _break(self) -> None:
        text = "".join(self._pieces).strip()
        self._pieces.clear()
        mark = Mark.QUOTED if Mark.QUOTED in self._marks else (self._marks or [Mark.NONE])[-1]
        if text and mark is Mark.NONE and text.startswith(">"):
            mark = Mark.QUOTED
        self.lines.append(Line(text, mark))


def _mark_of(element: etree._Element, tag: str) -> Mark:
    if tag == "blockquote":
        return Mark.QUOTED
    names = [name.lower() for name in (element.get("class") or "").split()[:20]]
    names.append((element.get("id") or "").lower())
    if "gmail_quote" in names and element.find(".//blockquote") is None:
        return Mark.QUOTED
    for pattern, mark in (
        (_QUOTED, Mark.QUOTED),
        (_REST_QUOTED, Mark.REST_QUOTED),
        (_SIGNATURE, Mark.SIGNATURE),
    ):
        if any(pattern.fullmatch(name[:80]) for name in names if name):
            return mark
    return Mark.NONE
