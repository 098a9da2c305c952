"""Photographs of an invented declaration with known defects, drawn the same each time: where the sheet lies is known."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

import numpy as np
import pillow_heif
import typst
from PIL import Image, ImageDraw, ImageFilter

CATALOGUE = Path(__file__).parents[1] / "catalogue"
FRAME = (1200, 1600)
Corners = tuple[tuple[float, float], ...]
"""Upper left, upper right, lower right, lower left, in pixels."""


@dataclass(frozen=True)
class Photograph:
    """A photograph as a telephone sends it, where its sheet lies (none: cut off), and what is wrong with it."""

    name: str
    content: bytes
    size: tuple[int, int]
    corners: Corners | None
    faults: frozenset[str]

    @property
    def is_heic(self) -> bool:
        return self.content[4:8] == b"ftyp"


@cache
def declaration(page: int = 0) -> Image.Image:
    """Return a sheet of the declaration of the catalogue's example, at 130 dpi."""
    papers = CATALOGUE / "papers"
    told = (papers / "examples/ban-khai.json").read_text(encoding="utf-8")
    drawn = typst.compile(
        str(papers / "ban-khai.typ"), root=str(CATALOGUE), format="png", ppi=130,
        font_paths=[str(papers / "fonts")], ignore_system_fonts=True, sys_inputs={"data": told},
    )  # fmt: skip
    sheets = [drawn] if isinstance(drawn, bytes) else list(drawn)
    return Image.open(BytesIO(sheets[min(page, len(sheets) - 1)])).convert("RGB")


# ── what the sheet lies on ──────────────────────────────────────────────────────────────────────────


@cache
def wood(size: tuple[int, int] = FRAME) -> Image.Image:
    """Return a table of planks with grain."""
    width, height = size
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    grain = (
        np.sin(x / 9 + 6 * np.sin(y / 310) + 2 * np.sin(x / 83)) * 9 + np.sin(y / 3.1 + x / 41) * 4
    )
    grain -= 34 * ((x % (width / 4)) < width / 250)
    colour = np.array([139, 101, 66], np.float32) + grain[..., None]
    return Image.fromarray(colour.clip(0, 255).astype(np.uint8))


@cache
def cloth(size: tuple[int, int] = FRAME) -> Image.Image:
    """Return a checked tablecloth."""
    width, height = size
    y, x = np.mgrid[0:height, 0:width]
    step = width / 14
    checks = ((x // step) % 2 + (y // step) % 2)[..., None]
    colour = np.array([70, 96, 140], np.float32) + checks * np.array([38, 32, 22], np.float32)
    return Image.fromarray(colour.astype(np.uint8))


# ── laying it down ──────────────────────────────────────────────────────────────────────────────────


def laid(sheet: Image.Image, table: Image.Image, corners: Corners) -> Image.Image:
    """Return the table with the sheet on it, its corners there."""
    width, height = sheet.size
    how = _projection(corners, ((0, 0), (width, 0), (width, height), (0, height)))
    bent = sheet.transform(table.size, Image.Transform.PERSPECTIVE, how, Image.Resampling.BICUBIC)
    mask = Image.new("L", table.size, 0)
    ImageDraw.Draw(mask).polygon([tuple(corner) for corner in corners], fill=255)
    whole = table.copy()
    whole.paste(bent, mask=mask.filter(ImageFilter.GaussianBlur(0.8)))
    return whole


def _projection(there: Corners, here: Corners) -> list[float]:
    rows, values = [], []
    for (x, y), (u, v) in zip(there, here, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return [float(value) for value in np.linalg.solve(np.array(rows), np.array(values))]


def shaded(
    picture: Image.Image, light: Callable[[np.ndarray, np.ndarray], np.ndarray]
) -> Image.Image:
    """Return the picture under a light given per point, in shares of the frame."""
    width, height = picture.size
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    lit = np.asarray(picture, np.float32) * light(x / width, y / height)[..., None]
    return Image.fromarray(lit.clip(0, 255).astype(np.uint8))


def _noise(picture: Image.Image, strength: float) -> Image.Image:
    seeded = np.random.default_rng(5)
    grain = seeded.standard_normal((*picture.size[::-1], 1), np.float32) * strength
    return Image.fromarray((np.asarray(picture, np.float32) + grain).clip(0, 255).astype(np.uint8))


STRAIGHT: Corners = ((120, 128), (1088, 152), (1064, 1488), (136, 1472))
LEANING: Corners = ((264, 168), (968, 208), (1120, 1432), (72, 1360))
TURNED: Corners = ((336, 96), (1136, 376), (832, 1496), (48, 1200))
FAR: Corners = ((448, 560), (768, 576), (760, 1032), (440, 1016))
BEYOND: Corners = ((-128, 120), (1000, 136), (1008, 1720), (-144, 1696))


def _day(picture: Image.Image, strength: float = 0.92) -> Image.Image:
    return _noise(shaded(picture, lambda x, y: strength - 0.12 * x - 0.08 * y), 2.0)


def _shadow(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.asarray(0.9 - 0.4 / (1 + np.exp(-(x + 0.5 * y - 0.75) * 28)))


def _glare(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    spot = np.exp(-(((x - 0.55) / 0.13) ** 2 + ((y - 0.42) / 0.09) ** 2))
    return np.asarray(0.82 - 0.1 * x + 3.0 * spot)


def _blurred(picture: Image.Image) -> Image.Image:
    return picture.filter(ImageFilter.GaussianBlur(3.2))


@cache
def _on_wood() -> Image.Image:
    return laid(declaration(), wood(), STRAIGHT)


HEIC = "dien-thoai-moi"
_SET: dict[str, Callable[[], tuple[Corners | None, Image.Image, frozenset[str]]]] = {
    "ban-go": lambda: (STRAIGHT, _day(_on_wood()), frozenset()),
    "khan-trai-ban": lambda: (LEANING, _day(laid(declaration(), cloth(), LEANING)), frozenset()),
    "xoay-nghieng": lambda: (TURNED, _day(laid(declaration(), wood(), TURNED)), frozenset()),
    "trang-hai": lambda: (STRAIGHT, _day(laid(declaration(1), cloth(), STRAIGHT)), frozenset()),
    "bong-do": lambda: (STRAIGHT, _noise(shaded(_on_wood(), _shadow), 2), frozenset()),
    "mo": lambda: (STRAIGHT, _day(_blurred(_on_wood())), frozenset({"blur"})),
    "loa": lambda: (STRAIGHT, _noise(shaded(_on_wood(), _glare), 2), frozenset({"glare"})),
    "toi": lambda: (STRAIGHT, _day(_on_wood(), 0.34), frozenset({"dark"})),
    "xa": lambda: (FAR, _day(laid(declaration(), wood(), FAR)), frozenset({"small"})),
    "mat-mep": lambda: (None, _day(laid(declaration(), wood(), BEYOND)), frozenset({"cut"})),
    HEIC: lambda: (LEANING, _day(laid(declaration(), cloth(), LEANING)), frozenset()),
}


@cache
def photograph(name: str) -> Photograph:
    """Return one of the set; that of a newer telephone is a HEIC."""
    corners, picture, faults = _SET[name]()
    out = BytesIO()
    if name == HEIC:
        pillow_heif.register_heif_opener()
        picture.save(out, "HEIF", quality=60, enc_params={"preset": "ultrafast"})
    else:
        picture.save(out, "JPEG", quality=88)
    return Photograph(name, out.getvalue(), picture.size, corners, faults)


@cache
def twelve_megapixels() -> bytes:
    """Return a clean photograph as large as a telephone takes it."""
    out = BytesIO()
    with Image.open(BytesIO(photograph("ban-go").content)) as known:
        known.resize((3000, 4000), Image.Resampling.BILINEAR).save(out, "JPEG", quality=88)
    return out.getvalue()


def photo_set() -> tuple[Photograph, ...]:
    """Return the set: clean ones and one of each defect."""
    return tuple(photograph(name) for name in _SET)
