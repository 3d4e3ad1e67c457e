"""How mail clients put own words and a quotation into one text."""

from collections.abc import Callable

Client = Callable[[str, str], str]

_WROTE = "On Mon, 30 Nov 2026 at 09:15, mailagent for Acme <ops@acme.example> wrote:"
_PROTON = "Sent with Proton Mail secure email."
_HEAD = """\
From: mailagent for Acme <ops@acme.example>
Sent: Monday, 30 November 2026 09:15
To: Ann Lee <ann@acme.example>
Subject: EUR 1,234.56 Nordlicht Hosting, due 12 Dec [ops 4F7Q]
"""


def _barred(sent: str, mark: str = "> ") -> str:
    return "".join(f"{mark}{line}\n" for line in sent.splitlines())


def _rewrapped(sent: str) -> str:
    """As a program leaves it that breaks long lines and collapses blanks."""
    lines: list[str] = []
    for line in sent.splitlines():
        words, now = line.split(), ""
        for word in words:
            if len(now) + len(word) > 60:
                lines.append(now)
                now = ""
            now = f"{now} {word}".strip()
        lines.append(now)
    return "\n".join(lines) + "\n"


CLIENTS: dict[str, Client] = {
    "gmail": lambda own, sent: f"{own}\n\n{_WROTE}\n\n{_barred(_rewrapped(sent))}",
    "outlook": lambda own, sent: f"{own}\n\n-----Original Message-----\n{_HEAD}\n{sent}",
    "outlook_web": lambda own, sent: f"{own}\n\n{'_' * 32}\n{_HEAD}\n{_rewrapped(sent)}",
    "apple": lambda own, sent: f"{own}\n\n> {_WROTE}\n> \n{_barred(sent)}",
    "thunderbird": lambda own, sent: f"{own}\n\n{_WROTE}\n{_barred(sent)}",
    "bottom": lambda own, sent: f"{_WROTE}\n{_barred(sent)}\n{own}\n",
    "phone": lambda own, sent: f"{own}\n\nSent from my iPhone\n\n> {_WROTE}\n> \n{_barred(sent)}",
    "yahoo": lambda own, sent: f"{own}\n\n    {_WROTE}  \n \n {_barred(_rewrapped(sent))}",
    "proton": lambda own, sent: f"{own}\n\n{_PROTON}\n\n{_WROTE}\n\n{_barred(sent)}",
    "android": lambda own, sent: f"{own}\n\n{_WROTE}\n\n{_barred(sent, '>')}",
    "bare": lambda own, _: f"{own}\n",
}
