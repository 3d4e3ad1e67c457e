"""Pictures of every letter for a person to look at: python -m tests.render.pictures FOLDER."""

import asyncio
import base64
import sys
import tempfile
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from mailagent.render.mail import Render
from tests.render.letters import LETTERS

TEMPLATES = Path(__file__).parents[2] / "templates"
WIDTHS = {"phone": 390, "desktop": 1000}
# What Chromium calls the two values of prefers-color-scheme.
SCHEMES = {"light": 1, "dark": 0}
_AT_ONCE = 4


def page(raw: bytes) -> str:
    """The HTML part, its attached picture put into it."""
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    body = mail.get_body(("html",))
    assert isinstance(body, EmailMessage)
    html = str(body.get_content())
    for part in mail.walk():
        if content_id := part.get("Content-ID"):
            picture = part.get_payload(decode=True)
            assert isinstance(picture, bytes)
            data = base64.b64encode(picture).decode()
            html = html.replace(f"cid:{content_id.strip('<>')}", f"data:image/png;base64,{data}")
    return html


def framed(name: str, width: int) -> str:
    """In a frame: Chromium's own window does not get as narrow as a phone."""
    return (
        f'<body style="margin:0"><iframe src="{name}.html" style="border:0;width:{width}px;'
        'height:1500px"></iframe></body>'
    )


async def shoot(folder: Path, name: str, size: str, scheme: str, limit: asyncio.Semaphore) -> None:
    """One picture."""
    frame = folder / f"{name}.{size}.{scheme}.html"
    frame.write_text(framed(name, WIDTHS[size]), encoding="utf-8")
    async with limit:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            process = await asyncio.create_subprocess_exec(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                f"--user-data-dir={profile}",
                f"--blink-settings=preferredColorScheme={SCHEMES[scheme]}",
                f"--window-size={max(WIDTHS[size], 500)},1500",
                f"--screenshot={folder / f'{name}.{size}.{scheme}.png'}",
                frame.resolve().as_uri(),
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL,
            )
            await process.wait()
    frame.unlink(missing_ok=True)


def write(folder: Path, names: list[str]) -> None:
    """The mails, and their HTML parts as pages."""
    folder.mkdir(parents=True, exist_ok=True)
    render = Render(TEMPLATES)
    for name in names:
        raw = render(LETTERS[name]).raw
        (folder / f"{name}.eml").write_bytes(raw)
        (folder / f"{name}.html").write_text(page(raw), encoding="utf-8")


async def shoot_all(folder: Path, names: list[str]) -> None:
    """In every width and scheme."""
    limit = asyncio.Semaphore(_AT_ONCE)
    for size in WIDTHS:
        shots = [shoot(folder, name, size, scheme, limit) for name in names for scheme in SCHEMES]
        await asyncio.gather(*shots)


if __name__ == "__main__":
    chosen = sys.argv[2:] or list(LETTERS)
    write(Path(sys.argv[1]), chosen)
    asyncio.run(shoot_all(Path(sys.argv[1]), chosen))
