"""The words of a picture of a page, by RapidOCR: found, set upright, read, put into straight rows.

The engine is an extra, `ocr`: one model reads all languages that we read. It runs in the reading
child on one thread; what it may look at is bounded, so that a page of noise ends in time.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from mailagent.core.errors import Unreadable
from mailagent.core.reading import Box
from parsers.text.words import Word

if TYPE_CHECKING:
    from PIL import Image

LONG_SIDE = 2200  # pixels that letters are read from: 190 dpi of A4
LINES = 300  # of one document are read: some 20 ms each
_FOUND_IN = 1600  # pixels of the long side in which lines are looked for
_AS_WIDE = 1250  # pixels of the width, likewise
_BAND = 400  # pixels of those that are looked at in one go: memory grows with them
_CONTRAST = 16  # of 255: paler letters on their paper nobody reads
_OVERLAP = 90  # pixels that bands share: a line, and the lean of a long one
_WIDE = 1.5  # of its height: a line that is narrower stands on its end
_LOOKED_AT = 12  # lines that tell which way is up
_LONGEST = 70.0  # of its height: a rule across the page is no line of letters
_LONG = 5.0  # of its height: a line of which the slope is known well
_SURE = 0.5  # of 1: what was guessed with less is left out


class Read(NamedTuple):
    """A word in straight rows, and where it really stands."""

    word: Word
    seen: Box
    sure: float  # of its least certain letter


def read_picture(
    picture: "Image.Image", number: int, width: float, most: int
) -> tuple[list[Read], int]:
    """The words of a page's picture, and how many lines they are; `most` are read.

    `width` is the page's, in points.

    Raises Unreadable where the engine is missing.
    """
    import numpy as np

    engine = _engine()
    pixels = np.ascontiguousarray(np.asarray(picture.convert("RGB"))[:, :, ::-1])
    page = _upright(engine, pixels)
    if page is None:
        return [], 0
    quads = page.quads[:most]
    crops = engine.crop_text_regions(page.pixels, quads)
    told = engine.recognize_txt(crops)
    scale = width / max(1, picture.width)
    pieces = [
        piece
        for quad, score, words in zip(quads, told.scores, told.word_results, strict=True)
        if score >= _SURE
        for piece in _pieces(quad, words)
    ]
    return list(_straight(pieces, page, scale, number)), len(quads)


class _Page(NamedTuple):
    pixels: Any
    quads: Any  # one per line: its corners from the top left, clockwise
    turns: int  # quarters of a turn that the picture was turned against the clock
    width: int  # of the picture as it came
    height: int


class _Piece(NamedTuple):
    """A word on its line, still as the page lies."""

    text: str
    left: tuple[float, float]  # the middle of its left edge
    right: tuple[float, float]
    tall: float
    slope: float  # of its line
    length: float
    sure: float  # of its least certain letter


@cache
def _engine() -> Any:
    try:
        import cv2
        import rapidocr
    except ImportError:
        raise Unreadable(
            "this is a scan, and no reader of scans is installed",
            advice="Install mailagent with its extra: mailagent[ocr].",
        ) from None
    cv2.setNumThreads(1)
    models = Path(rapidocr.__file__).parent / "models"
    found = {part: next(models.glob(f"*{part}*.onnx")) for part in ("det", "cls", "rec")}
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.return_word_box": True,
            "Global.max_side_len": _FOUND_IN,
            "Global.use_vertical_padding": False,
            "Det.limit_type": "max",  # bands are looked at as they are
            "Det.limit_side_len": _FOUND_IN,
            "Det.model_path": str(found["det"]),
            "Cls.model_path": str(found["cls"]),
            "Rec.model_path": str(found["rec"]),
            "Rec.rec_batch_num": 1,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


# --- which way is up -----------------------------------------------------------------------------


def _upright(engine: Any, pixels: Any) -> _Page | None:
    """The lines of the page, turned so that they run from left to right, feet down."""
    import numpy as np

    height, width = pixels.shape[:2]
    quads, turns = _found(engine, pixels), 0
    if quads and _mostly(_stands(quad) for quad in quads):
        pixels, turns = np.ascontiguousarray(np.rot90(pixels)), 1
        quads = _found(engine, pixels)
    if not quads:
        return None
    if _is_on_its_head(engine, pixels, quads):
        pixels, turns = np.ascontiguousarray(np.rot90(pixels, 2)), turns + 2
        high, wide = pixels.shape[:2]
        corner = np.array([wide, high], np.float32)
        quads = [np.roll(corner - quad, 2, axis=0) for quad in quads]
    from_above = sorted(quads, key=lambda quad: float(quad[:, 1].mean()))
    return _Page(pixels, np.array(from_above, np.float32), turns, width, height)


def _found(engine: Any, pixels: Any) -> list[Any]:
    """The corners of every line, looked for in bands from the top to the bottom."""
    import cv2

    high, wide = pixels.shape[:2]
    scale = min(1.0, _FOUND_IN / high, _AS_WIDE / wide)
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    height = small.shape[0]
    quads: list[Any] = []
    for start in range(0, height, _BAND):
        above = max(0, start - _OVERLAP)
        band = small[above : start + _BAND + _OVERLAP]
        if int(band.max()) - int(band.min()) < _CONTRAST:  # blank: looking would find nothing
            continue
        found = engine(band, use_det=True, use_cls=False, use_rec=False).boxes
        quads += _own(found if found is not None else (), above, start, scale)
    return quads


def _own(found: Any, above: int, start: int, scale: float) -> Iterator[Any]:
    """The lines whose middle is in the band and not in what it shares with its neighbours."""
    for quad in found:
        wide, tall = _sides(quad)
        if start <= quad[:, 1].mean() + above < start + _BAND and wide < _LONGEST * tall:
            moved = quad.copy()
            moved[:, 1] += above
            yield (moved / scale).astype("float32")


def _stands(quad: Any) -> bool:
    wide, tall = _sides(quad)
    return tall > _WIDE * wide


def _sides(quad: Any) -> tuple[float, float]:
    (x0, y0), (x1, y1), _, (x3, y3) = quad.tolist()
    return ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5, ((x3 - x0) ** 2 + (y3 - y0) ** 2) ** 0.5


def _is_on_its_head(engine: Any, pixels: Any, quads: Any) -> bool:
    longest = sorted(quads, key=lambda quad: -_sides(quad)[0])[:_LOOKED_AT]
    _, told = engine.cls_and_rotate(engine.crop_text_regions(pixels, longest))
    return _mostly(label == "180" for label, _ in told.cls_res)


def _mostly(answers: Iterator[bool]) -> bool:
    told = list(answers)
    return sum(told) * 2 > len(told)


# --- words in straight rows ----------------------------------------------------------------------


def _pieces(quad: Any, told: Any) -> Iterator[_Piece]:
    """The words of a line, each with its share of the line."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = quad.tolist()
    left, right = ((x0 + x3) / 2, (y0 + y3) / 2), ((x1 + x2) / 2, (y1 + y2) / 2)
    wide, tall = _sides(quad)
    slope = (right[1] - left[1]) / max(1.0, right[0] - left[0])
    columns = max(1.0, told.line_txt_len)
    sure = iter(told.confs)
    for letters, at in zip(told.words, told.word_cols, strict=True):
        start = max(0.0, (at[0] - 0.5) / columns)
        end = min(1.0, (at[-1] + 1.5) / columns)
        yield _Piece(
            "".join(letters),
            _between(left, right, start),
            _between(left, right, end),
            tall,
            slope,
            wide,
            min(islice(sure, len(letters)), default=0.0),
        )


def _between(
    left: tuple[float, float], right: tuple[float, float], share: float
) -> tuple[float, float]:
    return left[0] + share * (right[0] - left[0]), left[1] + share * (right[1] - left[1])


def _straight(pieces: Sequence[_Piece], page: _Page, scale: float, number: int) -> Iterator[Read]:
    """Rows are made level: by their slope where they stand, for photos lean more on one side."""
    lean, change = _lean(pieces)
    for piece in pieces:
        (x0, y0), (x1, y1) = piece.left, piece.right
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        level = y - (lean + change * y) * x
        aside = lean * y
        half = piece.tall * 0.4  # lines are found with air around them
        word = Word(
            piece.text,
            number,
            (x0 + aside) * scale,
            (level - half) * scale,
            (x1 + aside) * scale,
            (level + half) * scale,
        )
        box = (x0, min(y0, y1) - half, x1, max(y0, y1) + half)
        yield Read(word, _seen(page, box, scale), piece.sure)


def _lean(pieces: Sequence[_Piece]) -> tuple[float, float]:
    """The slope of rows at the top, and how it changes on the way down."""
    known = {(piece.left[1], piece.slope) for piece in pieces if piece.length > _LONG * piece.tall}
    slopes = sorted(slope for _, slope in known)
    if not slopes:
        return 0.0, 0.0
    middle = slopes[len(slopes) // 2]
    near = [(y, slope) for y, slope in known if abs(slope - middle) < 0.06]
    mean = sum(y for y, _ in near) / len(near)
    level = sum(slope for _, slope in near) / len(near)
    spread = sum((y - mean) ** 2 for y, _ in near)
    if len(near) < 8 or not spread:
        return level, 0.0
    change = sum((y - mean) * (slope - level) for y, slope in near) / spread
    return level - change * mean, change


def _seen(page: _Page, box: tuple[float, float, float, float], scale: float) -> Box:
    """Where a word stands on the page as it came, before it was turned."""
    x0, top, x1, bottom = box
    wide, high = page.width, page.height
    turned = {
        0: (x0, top, x1, bottom),
        1: (wide - bottom, x0, wide - top, x1),
        2: (wide - x1, high - bottom, wide - x0, high - top),
        3: (top, high - x1, bottom, high - x0),
    }[page.turns % 4]
    return Box(
        x0=turned[0] * scale,
        top=turned[1] * scale,
        x1=turned[2] * scale,
        bottom=turned[3] * scale,
    )
