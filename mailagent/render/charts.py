"""Small charts as pictures. Each has a text beside it that says the same."""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw

# Seen well on white and on near black; the ground is left open.
_BAR, _LAST, _NONE = (120, 156, 140, 255), (35, 150, 105, 255), (150, 150, 150, 255)
_WIDE, _HIGH, _GAP = 300, 72, 14  # twice as many as they are shown in


def bars(values: Sequence[float | None]) -> bytes:
    """A bar for each, the last one stronger; a line at the foot where nothing was counted."""
    picture = Image.new("RGBA", (_WIDE, _HIGH), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    highest = max([value for value in values if value], default=0) or 1
    each = (_WIDE - _GAP * (len(values) - 1)) / max(len(values), 1)
    for place, value in enumerate(values):
        left = place * (each + _GAP)
        high = max(3.0, (value or 0) / highest * (_HIGH - 2))
        colour = _LAST if place == len(values) - 1 else _BAR
        box = (left, _HIGH - high, left + each - 1, _HIGH - 1)
        draw.rounded_rectangle(box, radius=3, fill=colour if value else _NONE)
    file = BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()
