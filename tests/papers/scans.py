"""Papers as scanners and telephones deliver them: turned, grey, blurred, shaded, crushed."""

import io
from random import Random

import pypdfium2
from PIL import Image, ImageChops, ImageFilter, ImageOps

# How often each comes, in a hundred.
WAYS = {"clean": 25, "office": 35, "fax": 10, "photo": 25, "turned": 5}
_PAGES = 3


def scan(content: bytes, rng: Random, way: str = "") -> tuple[bytes, str, str]:
    """A PDF's pages as pictures: the file, its suffix, and the way it was made."""
    way = way or rng.choices([*WAYS], [*WAYS.values()])[0]
    with pypdfium2.PdfDocument(content) as document:
        dpi = {"clean": 300, "office": rng.choice([150, 200, 300]), "fax": 200}.get(way, 200)
        pages = [
            document[at].render(scale=dpi / 72).to_pil().convert("L")
            for at in range(min(len(document), _PAGES))
        ]
    made = [_MAKERS[way](page, rng) for page in pages]
    if way == "photo" and len(made) == 1:
        return _saved(made[0], "JPEG", quality=rng.choice([50, 70, 85])), "jpg", way
    if rng.random() < 0.15 and len(made) == 1:
        return _saved(made[0], "PNG"), "png", way
    if rng.random() < 0.1:
        return _saved(made[0], "TIFF", save_all=True, append_images=made[1:]), "tiff", way
    more = {"resolution": dpi, "save_all": True, "append_images": made[1:]}
    return _saved(made[0], "PDF", **more), "pdf", way


def _saved(picture: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def _clean(page: Image.Image, rng: Random) -> Image.Image:
    return _turn(page, rng.uniform(-0.6, 0.6))


def _office(page: Image.Image, rng: Random) -> Image.Image:
    page = _turn(page, rng.uniform(-2.5, 2.5))
    page = page.filter(ImageFilter.GaussianBlur(rng.uniform(0.2, 0.9) * page.width / 1700))
    page = _noise(page, rng.uniform(4, 18))
    return _faded(page, rng.randint(0, 70), rng.randint(215, 255))


def _fax(page: Image.Image, rng: Random) -> Image.Image:
    page = _noise(_turn(page, rng.uniform(-1.2, 1.2)), 12)
    limit = rng.randint(120, 185)
    return page.point([255 * (value > limit) for value in range(256)]).convert("1")


def _turned(page: Image.Image, rng: Random) -> Image.Image:
    return _office(page, rng).rotate(rng.choice([90, 180, 270]), expand=True, fillcolor=255)


def _photo(page: Image.Image, rng: Random) -> Image.Image:
    """On a dark table, from an angle, with the shadow of a hand."""
    wide, high = page.size
    edge = wide // 12
    table = Image.new("L", (wide + 2 * edge, high + 2 * edge), rng.randint(30, 110))
    table.paste(page, (edge, edge))
    slip = [rng.uniform(0.0, 0.035) * wide for _ in range(8)]
    corners = (
        -slip[0], -slip[1], -slip[2], table.height + slip[3],
        table.width + slip[4], table.height + slip[5], table.width + slip[6], -slip[7],
    )  # fmt: skip
    seen = table.transform(
        table.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=60
    )
    seen = _turn(seen, rng.uniform(-3, 3), fill=60)
    light = Image.linear_gradient("L").rotate(rng.choice([0, 90, 180, 270])).resize(seen.size)
    shade = light.point([int(150 + value * 105 / 255) for value in range(256)])
    seen = ImageChops.multiply(seen, shade)
    seen = seen.filter(ImageFilter.GaussianBlur(rng.uniform(0.4, 1.1) * wide / 1700))
    return ImageOps.autocontrast(_noise(seen, rng.uniform(5, 14)), cutoff=1)


def _turn(page: Image.Image, degrees: float, fill: int = 255) -> Image.Image:
    return page.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=fill)


def _noise(page: Image.Image, strength: float) -> Image.Image:
    """Pillow's noise has no seed: it differs from run to run, and is too fine to matter."""
    grain = Image.effect_noise(page.size, strength)
    return ImageChops.add(page, grain, scale=1, offset=-128)


def _faded(page: Image.Image, black: int, white: int) -> Image.Image:
    return page.point([int(black + value * (white - black) / 255) for value in range(256)])


_MAKERS = {
    "clean": _clean,
    "office": _office,
    "fax": _fax,
    "photo": _photo,
    "turned": _turned,
}
