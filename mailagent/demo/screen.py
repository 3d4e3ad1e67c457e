"""The conversation in the terminal, as it unfolds."""

from email.message import EmailMessage
from email.utils import parseaddr

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from mailagent.demo.client import parsed, text_of
from mailagent.demo.record import Passed, Way
from mailagent.demo.result import Result

_WIDEST = 92
_SOME = 3  # subjects of a folder
_COLOURS = {Way.OUTSIDE: "cyan", Way.OWNER: "green", Way.FORGED: "red", Way.AGENT: "blue"}
_NAMES = {Way.OWNER: "Ann", Way.FORGED: "a stranger, as Ann", Way.AGENT: "agent"}


class Screen:
    """Writes for people; narrow terminals get narrow panels."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(highlight=False)
        self._console.width = min(self._console.width, _WIDEST)
        self._chapters = 0

    def opening(self) -> None:
        """What is about to be seen."""
        self._console.print()
        self._console.print(Text("mailagent", style="bold green"), Text("does the office by mail."))
        self._line(
            "A real agent, a mail server of its own on this machine, an owner called Ann. "
            "Nothing leaves this machine.",
            "dim",
        )

    def chapter(self, title: str) -> None:
        """A heading."""
        self._chapters += 1
        self._console.print()
        self._console.print(
            Rule(Text(f"{self._chapters}  {title}", "bold"), align="left", style="dim")
        )

    def remark(self, text: str) -> None:
        """Something without a mail."""
        self._line(f"  {text}", "dim")

    def mail(self, passed: Passed, lines: int = 0) -> None:
        """One mail; `lines`: as many of an agent's mail, 0 for all."""
        mail = parsed(passed.raw)
        if passed.way is Way.AGENT:
            self._letter(passed, mail, lines)
        elif passed.way is Way.OUTSIDE:
            self._arrow(passed.way, _sender(mail), str(mail["Subject"]), _attached(mail))
        else:
            self._arrow(passed.way, _NAMES[passed.way], f"“{_own_words(mail)}”", "")

    def result(self, result: Result) -> None:
        """What is left when the conversation is over."""
        self.chapter("What is left")
        self._console.print(Padding(_ledger(result), (1, 2)))
        self.say(*(f"  filed  {path}" for path in result.filed), "")
        self._console.print(Padding(_board(result), (0, 2, 1, 2)))
        for finding in result.findings:
            mark, style = ("✓", "green") if finding.ok else ("✗", "bold red")
            self._console.print(Text("  ").append(mark, style).append(f" {finding.what}"))

    def account(self, rows: dict[str, str], then: tuple[str, ...]) -> None:
        """How to sign in with a mail client, and what to do then."""
        self.chapter("Try it with your own mail client")
        table = Table.grid(padding=(0, 3))
        for label, value in rows.items():
            table.add_row(Text(label, "dim"), Text(value))
        self._console.print(Padding(table, (1, 2)))
        self.say(*(f"  {line}".rstrip() for line in then))

    def say(self, *lines: str) -> None:
        """Plain lines, whole: paths in them can be copied."""
        for line in lines:
            self._console.print(line, markup=False, soft_wrap=True)

    def _line(self, text: str, style: str = "") -> None:
        self._console.print(Text(text, style))

    def _arrow(self, way: Way, who: str, what: str, also: str) -> None:
        line = Text("  ").append(who, _COLOURS[way]).append(" → ops  ", "dim").append(what, "bold")
        self._console.print(line.append(f"  {also}" if also else "", "dim"))

    def _letter(self, passed: Passed, mail: EmailMessage, lines: int) -> None:
        """The agent's mail beside a line, which takes less of a narrow terminal than a box."""
        subject = str(mail["Subject"])
        colour = "red" if "STOP" in subject else _COLOURS[Way.AGENT]
        head = Text("╭ agent → Ann", colour).append(f"   {passed.seconds:.1f} s later", "dim")
        self._console.print(head)
        text = Text(subject, "bold").append("\n\n").append_text(_shortened(text_of(mail), lines))
        for line in text.wrap(self._console, self._console.width - 2):
            self._console.print(Text("│ ", colour).append_text(line))
        self._console.print(Text("╰", colour))


def _shortened(text: str, lines: int) -> Text:
    every = text.strip().splitlines()
    shown = every[:lines] if 0 < lines < len(every) - 2 else every
    body = Text("\n".join(shown).rstrip(), "not bold")
    more = len(every) - len(shown)
    return body.append(f"\n… {more} more lines", "dim") if more else body


def _sender(mail: EmailMessage) -> str:
    return parseaddr(str(mail["From"]))[0]


def _attached(mail: EmailMessage) -> str:
    names = [part.get_filename() or "a file" for part in mail.iter_attachments()]
    return f"[{', '.join(names)}]" if names else ""


def _own_words(mail: EmailMessage) -> str:
    own, quote, _ = text_of(mail).partition("\n\nOn ")
    return own.strip() if quote else str(mail["Subject"])


def _ledger(result: Result) -> Table:
    table = Table("ledger", "vendor", "due", "total", "", box=None, pad_edge=False)
    table.columns[3].justify = "right"
    for row in result.ledger:
        style = "dim strike" if row.void else ""
        cells = (row.number, row.vendor, row.due, row.total)
        state = Text("undone", "yellow") if row.void else Text("recorded", "green")
        table.add_row(*(Text(cell, style) for cell in cells), state)
    return table


def _board(result: Result) -> Table:
    table = Table("folder of ops", "mails in it", box=None, pad_edge=False)
    for folder, subjects in result.board.items():
        some = [*subjects[:_SOME], f"… {len(subjects) - _SOME} more"]
        listed = subjects if len(subjects) <= _SOME + 1 else some
        shown = Text("\n".join(listed), overflow="ellipsis", no_wrap=True)
        table.add_row(Text(folder), shown if subjects else Text("empty", "dim"))
    return table
