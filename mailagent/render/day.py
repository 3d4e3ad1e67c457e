"""The day around a meeting as a small picture: what is taken, asked for, and could be offered."""

import io
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from PIL import Image, ImageDraw, ImageFont

from mailagent.core.appointment import DayPlan, Span

# A phone shows it at half its size.
_WIDTH, _HOUR, _LEFT, _PAD = 720, 68, 112, 18
_SCALE = 26  # points of a line of text
_PAPER, _LINE, _INK = (255, 255, 255), (226, 232, 240), (51, 65, 85)
_FILL = {
    "busy": (203, 213, 225),
    "tentative": (241, 245, 249),
    "wanted": (191, 219, 254),
    "offered": (220, 252, 231),
}
_EDGE = {
    "busy": (148, 163, 184),
    "tentative": (148, 163, 184),
    "wanted": (37, 99, 235),
    "offered": (22, 163, 74),
}


def draw_day(plan: DayPlan) -> bytes:
    """PNG of the hours that matter; the same plan gives the same bytes."""
    first, last = _hours(plan)
    height = (last - first) * _HOUR + 2 * _PAD
    picture = Image.new("RGB", (_WIDTH, height), _PAPER)
    pen = ImageDraw.Draw(picture)
    font = ImageFont.load_default(size=_SCALE)
    for hour in range(first, last + 1):
        y = _PAD + (hour - first) * _HOUR
        pen.line((_LEFT, y, _WIDTH - _PAD, y), fill=_LINE)
        pen.text((_LEFT - 12, y), f"{hour:02}:00", fill=_INK, font=font, anchor="rm")
    for one, column, columns in _columns(plan):
        _box(pen, one, plan, (first, column, columns))
    out = io.BytesIO()
    picture.quantize(32, method=Image.Quantize.FASTOCTREE).save(out, "PNG")
    return out.getvalue()


def _hours(plan: DayPlan) -> tuple[int, int]:
    """Of the working day, and all that lies outside of it; what lasts all day stretches nothing."""
    starts = [_minutes(one.start, plan) for one in plan.spans if not _lasts(one)]
    ends = [_minutes(one.end, plan) for one in plan.spans if not _lasts(one)]
    first = min([8 * 60, *starts]) // 60
    last = -(-max([18 * 60, *ends]) // 60)
    return max(0, first), min(24, last)


def _lasts(one: Span) -> bool:
    return one.end - one.start >= timedelta(hours=20)


def _minutes(moment: datetime, plan: DayPlan) -> int:
    """Since midnight by the wall clock; a day on which clocks change is drawn as people read it."""
    zone = ZoneInfo(plan.zone)
    here = moment.astimezone(zone).replace(tzinfo=None)
    midnight = datetime.combine(plan.day, time())
    return max(0, min(24 * 60, int((here - midnight) / timedelta(minutes=1))))


def _columns(plan: DayPlan) -> list[tuple[Span, int, int]]:
    """What happens at the same time stands side by side."""
    groups: list[list[Span]] = []
    until = -1
    for one in sorted(plan.spans, key=lambda s: (_minutes(s.start, plan), -_minutes(s.end, plan))):
        if groups and _minutes(one.start, plan) < until:
            groups[-1].append(one)
        else:
            groups.append([one])
            until = -1
        until = max(until, _minutes(one.end, plan))
    return [placed for group in groups for placed in _placed(group, plan)]


def _placed(group: list[Span], plan: DayPlan) -> list[tuple[Span, int, int]]:
    ends: list[int] = []
    places: list[int] = []
    for one in group:
        start = _minutes(one.start, plan)
        at = next((n for n, end in enumerate(ends) if end <= start), len(ends))
        if at == len(ends):
            ends.append(0)
        ends[at] = _minutes(one.end, plan)
        places.append(at)
    return [(one, at, len(ends)) for one, at in zip(group, places, strict=True)]


def _box(pen: ImageDraw.ImageDraw, one: Span, plan: DayPlan, place: tuple[int, int, int]) -> None:
    first, column, columns = place
    width = (_WIDTH - _PAD - _LEFT) / columns
    left = _LEFT + 4 + column * width
    top = _PAD + (_minutes(one.start, plan) - first * 60) * _HOUR / 60 + 1
    bottom = _PAD + (_minutes(one.end, plan) - first * 60) * _HOUR / 60 - 1
    top, bottom = max(top, 2.0), max(bottom, top + _SCALE + 4)
    box = (left, top, left + width - 8, bottom)
    edge = 3 if one.kind == "wanted" else 1
    pen.rounded_rectangle(box, 5, fill=_FILL[one.kind], outline=_EDGE[one.kind], width=edge)
    font = ImageFont.load_default(size=_SCALE)
    text = _fitting(pen, one.what or "", font, box[2] - box[0] - 16)
    pen.text(
        (left + 8, min((top + bottom) / 2, top + _SCALE * 0.75)),
        text,
        fill=_INK,
        font=font,
        anchor="lm",
    )


def _fitting(
    pen: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
    width: float,
) -> str:  # fmt: skip
    line = " ".join(text.split())[:80]
    while line and pen.textlength(line, font=font) > width:
        line = line[:-2].rstrip() + "\u2026" if len(line) > 2 else ""
    return line
