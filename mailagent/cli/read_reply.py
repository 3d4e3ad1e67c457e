"""`mailagent read --as reply`: how a reply would be understood, without store or mailbox."""

import asyncio
import json
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

if TYPE_CHECKING:
    from mailagent.core.decision import Verbs
    from mailagent.reading.replies import Sent


def read_replies_command(
    paths: list[Path], shown: Path | None, at: str | None, *, as_json: bool
) -> bool:
    """Prints one object or line a file. Whether all of them could be read."""
    return asyncio.run(_read(paths, _sent(shown), _moment(at), as_json=as_json))


async def _read(paths: list[Path], sent: "Sent", at: datetime | None, *, as_json: bool) -> bool:
    from mailagent.reading.pool import Pool
    from mailagent.reading.replies import read_replies

    pool = Pool(1)
    pool.start()
    good = True
    try:
        async for told in read_replies(pool, paths, sent, at, _verbs()):
            good = good and "error" not in told
            _print(told, as_json=as_json)
    finally:
        await pool.close()
    return good


def _sent(path: Path | None) -> "Sent":
    """What was shown. Nothing: a request of the person's own accord."""
    from pydantic import ValidationError

    from mailagent.core.decision import ShownAs
    from mailagent.reading.replies import Sent

    if path is None:
        return Sent(kind=ShownAs.REQUEST)
    try:
        sent = Sent.model_validate_json(path.read_bytes())
    except OSError as error:
        raise _bad(f"{path}: {error.strerror}", "--shown") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise _bad(f"{path}: {where} {first['msg']}", "--shown") from None
    try:
        ZoneInfo(sent.zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise _bad(f"{path}: there is no time zone {sent.zone!r}", "--shown") from None
    return sent


def _moment(at: str | None) -> datetime | None:
    """A time without an offset is UTC."""
    if at is None:
        return None
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        raise _bad(f"{at!r} is no time like 2026-11-30T11:00:00+00:00", "--at") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _bad(what: str, option: str) -> typer.BadParameter:
    return typer.BadParameter(what, param_hint=option)


def _verbs() -> "Verbs":
    from mailagent.core.decision import verbs_from
    from mailagent.shipped import shipped

    return verbs_from(tomllib.loads((shipped("config") / "verbs.toml").read_text("utf-8")))


def _print(told: dict[str, Any], *, as_json: bool) -> None:
    """A path is bytes to the system: what is no UTF-8 goes out as it came in."""
    line = json.dumps(told, ensure_ascii=False) if as_json else _line(told)
    sys.stdout.buffer.write(line.encode("utf-8", "surrogateescape") + b"\n")
    sys.stdout.buffer.flush()


def _line(told: dict[str, Any]) -> str:
    """`reply.eml: edit, edits total=1200.00`."""
    facts = [
        f"{name.replace('_', ' ')} {_words(value)}"
        for name, value in told.items()
        if name not in ("path", "decision") and value
    ]
    said = ", ".join([*filter(None, [told.get("decision")]), *facts])
    return "".join(c if c.isprintable() else "\ufffd" for c in f"{told['path']}: {said}")


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(f"{name}={one}" for name, one in value.items())
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)
