"""Where the data that travels with the program stands: config/ and templates/."""

from pathlib import Path

_HERE = Path(__file__).parent


def shipped(folder: str) -> Path:
    """A folder of shipped data: inside the wheel, or at the top of a checkout."""
    packed = _HERE / "_shipped" / folder
    return packed if packed.is_dir() else _HERE.parent / folder
