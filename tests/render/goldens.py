"""Writes the golden texts anew: python -m tests.render.goldens. Nothing else writes them."""

from pathlib import Path

from mailagent.core.letter import Letter
from tests.render.letters import LETTERS
from tests.render.parts import body, opened

FOLDER = Path(__file__).parent / "golden"
_SHOWN = ("From", "To", "Reply-To", "Subject", "Message-ID", "In-Reply-To", "References")


def spelled(letter: Letter) -> str:
    """The headers that people and threads depend on, and the text part."""
    mail = opened(letter)
    headers = "\n".join(f"{name}: {mail[name]}" for name in _SHOWN if mail[name])
    return f"{headers}\n\n{body(mail, 'plain')}"


if __name__ == "__main__":
    for old in FOLDER.glob("*.txt"):
        old.unlink()
    for name, letter in LETTERS.items():
        (FOLDER / f"{name}.txt").write_text(spelled(letter), encoding="utf-8")
