"""An HTML reply as lines, each marked with what its element says of it."""

import re
from itertools import islice

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
# Elements that hold a quotation, or introduce one.
_QUOTED = re.compile(
    r"(?:x_)*(?:gmail_attr|gmail_extra_quote|moz-cite-prefix|protonmail_quote|yahoo_quoted.*"
    r"|.*yahoo_quoted|zmail_extra(?:_hr)?|hmquote|quoted_text|wordsection_quote|ticket_quote"
    r"|gmx_quote|mail_quote|freshdesk_quote|front-blockquote|tutanota_quote|mailplane_quote|reply-intro"
    r"|olk_src_body_section|mail-editor-reference-message-container|quoted-content|origbody)"
)
# Elements after which the other mail stands, beside them.
_REST_QUOTED = re.compile(
    r"(?:x_)*(?:divrplyfwdmsg|appendonsend|outlookmessageheader|ms-outlook-mobile-reference-message"
    r"|isforwardcontent|isreplycontent|stopspelling|replysplit|hmheader)"
)
_SIGNATURE = re.compile(
    r"(?:x_)*(?:gmail_signature.*|moz-signature|(?:.*[-_])?signature|protonmail_signature_block.*"
    r"|ms-outlook-mobile-signature|applemailsignature|applemailsignaturebelowprefix|signature_block"
    r"|tutanota_signature|yahoo-signature|ydp.*signature|composer_signature|sig[0-9]{1,9}"
    r"|zm-_id_-sgn|_rc_sig|x-email-signature)"
)
# Outlook's rule above the bold header fields of the other mail.
_RULE_ABOVE = re.compile(
    r"border-top\s*+:\s*+(?:solid\s++#|[\d.]++p[tx]\s++solid)|border-top-style\s*+:\s*+solid",
    re.IGNORECASE,
)
_BOLD_FIELDS = 3
_STRUCK = frozenset({"s", "strike", "del"})
_STRUCK_STYLE = re.compile(r"text-decoration[a-z-]*+\s*+:[^;]{0,80}line-through", re.IGNORECASE)


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


def html_lines(html: str) -> str:
    """The same as text: what stands in cells beside one another is two blanks apart."""
    return "\n".join(line.text for line in lines_of(html))


class _Lines:
    """Collects the lines of a tree. Without recursion: depth is the sender's choice."""

    def __init__(self, root: etree._Element) -> None:
        self.lines: list[Line] = []
        self._pieces: list[str] = []
        self._marks: list[Mark] = []
        self._marked: list[etree._Element] = []
        self._unseen: etree._Element | None = None
        self._struck: etree._Element | None = None
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
        if tag in ("td", "th"):
            self._pieces.append("  ")  # what stands in cells beside one another is not one word
        if self._struck is None and _is_struck(element, tag):
            self._struck = element
        self._say(element.text, pre=tag == "pre")

    def _close(self, element: etree._Element, tag: str) -> None:
        if self._unseen is element:
            self._unseen = None
        elif self._unseen is None:
            if self._struck is element:
                self._struck = None
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
        if self._struck is not None and text.strip():
            text = f"~{text}~"  # as in plain text; the grammar knows that it is no word
        if not pre:
            self._pieces.append(re.sub(r"[ \t\r\n]+", " ", text))
            return
        for number, line in enumerate(text.split("\n")):
            if number:
                self._break()
            self._pieces.append(line)

    def _break(self) -> None:
        whole = "".join(self._pieces)
        text = "-- " if whole.strip() == "--" != whole else whole.strip()
        self._pieces.clear()
        mark = Mark.QUOTED if Mark.QUOTED in self._marks else (self._marks or [Mark.NONE])[-1]
        if text and mark is Mark.NONE and text.startswith(">"):
            mark = Mark.QUOTED
        self.lines.append(Line(text, mark))


def _is_struck(element: etree._Element, tag: str) -> bool:
    style = element.get("style")
    return tag in _STRUCK or bool(style and _STRUCK_STYLE.search(style))


def _heads_other_mail(element: etree._Element) -> bool:
    style = element.get("style")
    if not style or not _RULE_ABOVE.search(style):
        return False
    bold = (b.text or "" for b in element.iter("b", "strong"))
    fields = (text.rstrip().endswith((":", "\uff1a")) for text in bold)
    return sum(islice(fields, _BOLD_FIELDS)) == _BOLD_FIELDS


def _mark_of(element: etree._Element, tag: str) -> Mark:
    if tag == "blockquote":
        return Mark.QUOTED
    names = [name.lower() for name in (element.get("class") or "").split()[:20]]
    names.append((element.get("id") or "").lower())
    if tag == "div" and element.get("name") == "quote":  # GMX, web.de
        return Mark.QUOTED
    if tag == "div" and _heads_other_mail(element):
        return Mark.REST_QUOTED
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
