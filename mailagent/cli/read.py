"""`mailagent read`: what the agent sees in a file, without mailbox or database."""

import asyncio
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mailagent.cli.read_reply import read_replies_command
from mailagent.shipped import shipped

if TYPE_CHECKING:
    from rich.console import Console

    from mailagent.core.reading import Field, Reading
    from mailagent.reading.files import FileReading, Wish
    from mailagent.reading.pool import Pool
    from mailagent.render.words import Words

_QUOTE_LENGTH = 60
_REPLY = "reply"
_ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)  # what failed is said with whole dates


def read_command(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help="Documents or mails (.eml).", show_default=False),
    ],
    as_kind: Annotated[
        str | None,
        typer.Option("--as", metavar="KIND", help="What the files are: invoice ... or reply."),
    ] = None,
    page_text_only: Annotated[
        bool, typer.Option("--page-text-only", help="Ignore XML inside a PDF.")
    ] = False,
    shown: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="With --as reply: what the person was sent, as JSON."),
    ] = None,
    at: Annotated[
        str | None, typer.Option(metavar="TIME", help="With --as reply: when it was written.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Read files the way the agent would."""
    if as_kind == _REPLY:
        good = read_replies_command(paths, shown, at, as_json=as_json)
    else:
        kind = None if as_kind is None else _kind(as_kind)
        good = _read_all(paths, kind, page_text_only=page_text_only, as_json=as_json)
    if not good:
        raise typer.Exit(1)


def _read_all(paths: list[Path], kind: Any, *, page_text_only: bool, as_json: bool) -> bool:
    # The children start first: they and we import side by side.
    from mailagent.reading.begun import begin
    from mailagent.reading.limits import Limits

    limits = Limits()
    begun = [begin(limits) for _ in range(min(len(paths), os.cpu_count() or 1))]

    from mailagent.reading.files import Wish
    from mailagent.reading.pool import Pool

    pool = Pool(len(begun), limits, begun=begun)
    return asyncio.run(_read(pool, paths, Wish(kind, page_text_only), as_json=as_json))


def _kind(name: str) -> Any:
    from mailagent.core.reading import Kind

    try:
        return Kind(name)
    except ValueError:
        known = ", ".join((*Kind, _REPLY))
        raise typer.BadParameter(f"{name!r} is none of {known}", param_hint="--as") from None


async def _read(pool: "Pool", paths: list[Path], wish: "Wish", *, as_json: bool) -> bool:
    """Whether all files could be read."""
    from mailagent.reading.files import read_files

    show = _print_json if as_json else _table_printer()
    good = True
    try:
        async for found in read_files(pool, paths, wish):
            good = good and found.error is None
            show(found)
    finally:
        await pool.close()
    return good


def _print_json(found: "FileReading") -> None:
    line = json.dumps(_object(found), ensure_ascii=False)
    # A path is bytes to the system: what is no UTF-8 goes out as it came in.
    sys.stdout.buffer.write(line.encode("utf-8", "surrogateescape") + b"\n")
    sys.stdout.buffer.flush()


def _object(found: "FileReading") -> dict[str, Any]:
    further = {"further": [_read_as(reading) for reading in found.further]}
    return {
        "path": str(found.path),
        **_read_as(found.reading),
        "error": found.error,
        **(further if found.further else {}),
    }


def _read_as(reading: "Reading") -> dict[str, Any]:
    return {
        "kind": reading.kind.value,
        "confidence": reading.confidence,
        "fields": {name: _field(field) for name, field in reading.fields.items()},
        "checks": [check.model_dump() for check in reading.checks],
    }


def _field(field: "Field") -> dict[str, Any]:
    return {
        "value": field.value,
        "confidence": field.confidence,
        "source": field.source.value,
        "evidence": field.evidence.model_dump(mode="json") if field.evidence else None,
    }


def _table_printer() -> Any:
    from rich.console import Console

    console = Console(highlight=False)
    return lambda found: _print_table(console, found)


def _print_table(console: "Console", found: "FileReading") -> None:
    for reading in (found.reading, *found.further):
        _print_reading(console, found, reading)


def _print_reading(console: "Console", found: "FileReading", reading: "Reading") -> None:
    from rich.table import Table

    from mailagent.render.said import why

    kind = reading.kind.value.replace("_", " ")
    pages = f", {reading.pages} page{'s' if reading.pages > 1 else ''}" if reading.pages else ""
    console.print(f"\n[bold]{_plain(str(found.path))}[/bold]: {kind}{pages}")
    if found.error or not reading.fields:
        console.print(f"  {_plain(found.error or reading.reason)}")
        return
    table = Table("", "value", "sure", "seen", box=None, padding=(0, 2), header_style="dim")
    for name, field in reading.fields.items():
        seen = _seen(field)
        table.add_row(name.replace("_", " "), _shown(field), f"{field.confidence:.0%}", seen)
    console.print(table)
    words = _english()
    for check in reading.checks:
        mark = "[green]✓[/green]" if check.ok else "[red]✗[/red]"
        detail = why(check, words)
        said = f": {_plain(detail)}" if detail else ""
        console.print(f"  {mark} {check.name.replace('_', ' ')}{said}")


def _english() -> "Words":
    """The words of the terminal, whatever language its user's mails are in."""
    from mailagent.core.people import Person
    from mailagent.render.words import Words, load

    phrases = load(shipped("templates") / "words" / "en")
    nobody = Person(id="nobody", name="", addresses=())
    return Words(phrases, nobody, _ANY_DAY)


def _shown(field: "Field") -> str:
    if isinstance(field.value, str):
        return _plain(field.value)
    return "\n".join(_plain(item if isinstance(item, str) else _line(item)) for item in field.value)


def _line(item: dict[str, str]) -> str:
    """A row: 2 x Miettage, 173.10; a time, a person."""
    if "start" in item:
        unsure = f" ({item['unclear']}?)" if "unclear" in item else ""
        return f"{item.get('use', 'offered')} {item['start']}/{item['end']}{unsure}"
    if "address" in item:
        return " ".join(filter(None, (item.get("name"), item["address"], item.get("answer"))))
    start = f"{item['quantity']} x " if "quantity" in item else ""
    end = f", {item['net']}" if "net" in item else ""
    return f"{start}{item.get('description', '')}{end}"


def _seen(field: "Field") -> str:
    """Where a value was read, and its words where they are others: `page 1, xml "20240305"`."""
    evidence = field.evidence
    if evidence is None:
        return _plain(field.rule or field.source.value)
    page = f"page {evidence.page}, " if evidence.page else ""
    quote = evidence.quote.split("\n", 1)[0]
    words = f' "{quote[:_QUOTE_LENGTH]}"' if quote != field.value else ""
    return _plain(f"{page}{field.source.value}{words}")


def _plain(text: str) -> str:
    """Foreign text without what steers a terminal or its markup."""
    from rich.markup import escape

    return escape("".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in text))
