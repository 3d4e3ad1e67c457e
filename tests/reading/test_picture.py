"""The picture of a page: small, boxed, numbered."""

import io
from random import Random

from PIL import Image

from mailagent.core.reading import Box, Evidence, Field, Kind, Reading, Source
from mailagent.reading.picture import draw
from parsers.kinds import read_document
from tests.documents import Bill, factur_x

BLUE = (37, 99, 235)


def test_it_is_a_small_palette_png_at_110_dpi() -> None:
    document = factur_x()
    picture = draw(document, read_document(document))
    assert picture is not None
    assert len(picture) < 150_000
    with Image.open(io.BytesIO(picture)) as image:
        assert image.mode == "P"
        assert image.size == (910, 1287)


def test_values_are_boxed_where_they_stand() -> None:
    document = factur_x()
    reading = read_document(document)
    picture = draw(document, reading)
    evidence = reading.fields["total"].evidence
    assert picture is not None
    assert evidence is not None
    assert evidence.box is not None
    with Image.open(io.BytesIO(picture)) as image:
        pixels = image.convert("RGB")
    middle = round((evidence.box.x0 + evidence.box.x1) / 2 * 110 / 72)
    line = round((evidence.box.bottom + 1.5) * 110 / 72)
    near = [pixels.getpixel((middle, y)) for y in range(line - 3, line + 3)]
    assert any(isinstance(p, tuple) and _is_near(p, BLUE) for p in near)


def test_without_evidence_the_first_page_is_drawn_plain() -> None:
    document = factur_x()
    plain = draw(document, read_document(document, page_text_only=True))
    boxed = draw(document, read_document(document))
    assert plain is not None
    assert plain != boxed


def test_other_documents_have_no_picture() -> None:
    assert draw(b"From: a@b.example\n\nhi", read_document(b"hi")) is None


def test_a_page_of_any_size_stays_small() -> None:
    document = factur_x(Bill()).replace(
        b"/MediaBox [0 0 595.28 841.89]", b"/MediaBox [0 0 14400 14400]"
    )
    assert b"14400" in document
    picture = draw(document, read_document(document))
    assert picture is not None
    assert len(picture) < 150_000


def _is_near(pixel: tuple[int, ...], colour: tuple[int, int, int]) -> bool:
    return all(abs(have - want) < 40 for have, want in zip(pixel, colour, strict=False))


def test_a_photo_is_drawn_with_its_boxes() -> None:
    out = io.BytesIO()
    Image.new("L", (1700, 2200), 255).save(out, "JPEG")
    box = Box(x0=100, top=100, x1=200, bottom=120)
    total = Field(
        value="119.00",
        confidence=0.9,
        source=Source.OCR,
        evidence=Evidence(quote="119,00", page=1, box=box),
    )
    reading = Reading(kind=Kind.INVOICE, confidence=0.9, fields={"total": total}, pages=1)
    picture = draw(out.getvalue(), reading)
    assert picture is not None
    with Image.open(io.BytesIO(picture)) as image:
        pixels = image.convert("RGB")
    assert pixels.width == round(595 * 110 / 72)
    line = round((120 + 1.5) * 110 / 72)
    near = [pixels.getpixel((round(150 * 110 / 72), y)) for y in range(line - 3, line + 3)]
    assert any(isinstance(p, tuple) and _is_near(p, BLUE) for p in near)


def test_a_dense_scan_is_under_150_kb_as_well() -> None:
    """Grain on every point of the page, as a photo in bad light has it."""
    rng = Random(7)
    grain = Image.frombytes("RGB", (1240, 1754), rng.randbytes(1240 * 1754 * 3))
    page = Image.blend(Image.new("RGB", grain.size, "white"), grain, 0.3)
    out = io.BytesIO()
    page.save(out, "JPEG", quality=90)
    evidence = Evidence(quote="119.00", page=1, box=Box(x0=300, top=400, x1=350, bottom=412))
    total = Field(value="119.00", confidence=1, source=Source.OCR, evidence=evidence)
    reading = Reading(kind=Kind.INVOICE, confidence=1, fields={"total": total}, pages=1)
    picture = draw(out.getvalue(), reading)
    assert picture is not None
    assert len(picture) < 150_000
    with Image.open(io.BytesIO(picture)) as image:
        assert min(image.size) >= 400
