"""Contributed photographs: checked before anything else, and published without their own metadata.

A stranger's file may be a link to another file, a bomb, half a picture, or carry the place where
its maker lives. So it is opened only after its kind and size are known, decoded once in full, and
what is published is encoded anew with our own caption, credit and licence (reliability, point 9).
"""

from __future__ import annotations

import io
import stat
import warnings
import zlib
from collections.abc import Iterator, Sequence
from math import ceil
from pathlib import Path
from typing import Literal

from msgspec import Struct
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from summitry.pictures.metadata import Packet, packet, png

Format = Literal["PNG", "JPEG", "WEBP"]

MOST_PIXELS = 24_000_000
"""The largest picture that is decoded."""

MOST_BYTES = 40_000_000
"""The largest file that is read."""

_ENDINGS: dict[str, Format] = {
    ".png": "PNG",
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".webp": "WEBP",
}
_PNG = b"\x89PNG\r\n\x1a\n"
_ORIENTATION = 0x0112  # in EXIF
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_TURNED = range(5, 9)
"""The EXIF orientations that lie on their side."""


LEAST_SIDE = 24
MOST_TIMES = 10
"""The shortest side in pixels, and how often the longer side may hold the shorter."""


class BadImageError(ValueError):
    """A file that cannot be published as a picture; the message says why, in plain words."""

    def __init__(self, why: str, cure: str = "save it again as PNG, JPEG or WebP") -> None:
        super().__init__(why)
        self.cure = cure


BadImage = BadImageError
"""The name by which other rooms and the documents know it."""


class Size(Struct, frozen=True):
    """Pixels as the picture is seen, after its EXIF turn, and the format that was found."""

    width: int
    height: int
    format: Format


class Credit(Struct, frozen=True):
    """What is written into every derived file.

    `license` is an address or words; `acquire_license_page` is where permission can be asked for,
    or empty.
    """

    caption: str
    creator: str
    credit: str
    license: str
    acquire_license_page: str


class Derivative(Struct, frozen=True):
    """One file to be published."""

    width: int
    height: int
    format: Format
    data: bytes


def inspect(path: Path) -> Size:
    """Check a picture file in full. Raises BadImage with the reason it cannot be published.

    Refused: symbolic links and anything but plain files, endings that do not say what the file is,
    formats other than PNG, JPEG and WebP, more than 24 megapixels, dots and strips, animations,
    turns that EXIF does not know, and files whose checksums are wrong or that do not decode to
    their end without so much as a warning.
    """
    return _read(path)[0]


def load(path: Path) -> Image.Image:
    """The decoded picture, for `derive`. Checks, and raises, like `inspect`."""
    return _read(path)[1]


def _read(path: Path) -> tuple[Size, Image.Image]:
    expected = _expected(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            content = path.read_bytes()
            _check_sums(content)
            opened = Image.open(io.BytesIO(content), formats=sorted(set(_ENDINGS.values())))
            _check_header(opened, expected, path)
            opened.load()
            turn = _turn(opened)
    except BadImageError:
        raise
    except UnidentifiedImageError:
        raise BadImageError("it is not a PNG, JPEG or WebP picture") from None
    except Exception as error:  # Pillow's decoders raise whatever a damaged file leads them to.
        raise BadImageError(
            "it cannot be read as a picture, and is damaged or cut short"
        ) from error
    width, height = opened.size[::-1] if turn in _TURNED else opened.size
    return Size(width, height, expected), opened


def _check_sums(content: bytes) -> None:
    """The checksum of each part of a PNG; Pillow looks at few of them."""
    at, end = len(_PNG), len(content) if content.startswith(_PNG) else 0
    while at + 12 <= end:
        size = int.from_bytes(content[at : at + 4], "big")
        name, after = content[at + 4 : at + 8], at + 8 + size
        given = int.from_bytes(content[after : after + 4], "big")
        if after + 4 <= end and zlib.crc32(content[at + 4 : after]) != given:
            raise BadImageError(f"the checksum of its part {name!r:.12} is wrong")
        at = end if name == b"IEND" else after + 4


def _turn(image: Image.Image) -> int:
    """How EXIF turns a picture, from 1 to 8. Only that is read of it: no other oddity matters."""
    turn = image.getexif().get(_ORIENTATION, 1)
    if type(turn) is not int or not 1 <= turn <= 8:
        why = f"its EXIF data gives the orientation {turn!r:.20}, which there is not"
        raise BadImageError(why, "turn it upright and save it again without EXIF data")
    return turn


def _expected(path: Path) -> Format:
    """The format that the ending promises, for a plain file of a bearable size."""
    try:
        status = path.lstat()
    except OSError as error:
        raise BadImageError(f"it cannot be opened: {error.strerror}") from error
    if stat.S_ISLNK(status.st_mode):
        raise BadImageError("it is a symbolic link", "put the picture itself here")
    if not stat.S_ISREG(status.st_mode):
        raise BadImageError("it is not a file", "put a picture in its place")
    if status.st_size > MOST_BYTES:
        why = f"it has {status.st_size} bytes, {MOST_BYTES} are allowed"
        raise BadImageError(why, "save it smaller")
    expected = _ENDINGS.get(path.suffix)
    if expected is None:
        why = f"the ending {path.suffix!r} is not one of {', '.join(_ENDINGS)}"
        if path.suffix.lower() in _ENDINGS:
            raise BadImageError(why, _renamed(path, path.suffix.lower()))
        raise BadImageError(why)
    return expected


def _renamed(path: Path, ending: str) -> str:
    return f"name the file {path.stem}{ending}, here and on disk"


def _check_header(opened: Image.Image, expected: Format, path: Path) -> None:
    """What can be told before anything is decoded."""
    # MPO is what telephones write: a JPEG with a second picture (depth, preview) after it.
    found = "JPEG" if opened.format == "MPO" else opened.format
    if found != expected:
        ending = next((e for e, known in _ENDINGS.items() if known == found), path.suffix)
        why = f"the ending is {path.suffix} but the picture is {found}"
        raise BadImageError(why, _renamed(path, ending))
    pixels = opened.width * opened.height
    if pixels > MOST_PIXELS:
        why = f"it has {opened.width} x {opened.height} pixels; at most {MOST_PIXELS:,} are allowed"
        raise BadImageError(why, "save it smaller")
    short, long = sorted(opened.size)
    if short < LEAST_SIDE:
        why = f"it has {opened.width} x {opened.height} pixels; {LEAST_SIDE} a side are needed"
        raise BadImageError(why, "choose a larger picture")
    if long > short * MOST_TIMES:
        why = f"it is a strip of {opened.width} x {opened.height} pixels"
        cure = f"cut it so that its long side is at most {MOST_TIMES} times its short one"
        raise BadImageError(why, cure)
    if opened.format != "MPO" and getattr(opened, "is_animated", False):
        raise BadImageError("it is animated", "choose one still picture")


def _standard(image: Image.Image) -> Image.Image:
    """The picture in sRGB, 8 bits a channel, as RGB or RGBA; not copied where it is so already."""
    profile = image.info.get("icc_profile")
    clear = image.has_transparency_data
    if image.mode.startswith(("I", "F")):
        # Pillow would cut 16 bits off at 255 instead of scaling them.
        image = image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if profile and image.mode in ("RGB", "CMYK", "L"):
        image = _to_srgb(image, profile)
    wanted = "RGBA" if clear else "RGB"
    return image if image.mode == wanted else image.convert(wanted)


def _sizes(image: Image.Image, widths: Sequence[int]) -> Iterator[Image.Image]:
    """The picture upright and without metadata in each width, the largest first.

    Each is made from the one before: half the work, and no visible loss. It is turned when it is
    small, so that a large one is held in memory once.
    """
    turn = _turn(image)
    current = source = _standard(image)
    across, along = source.size[::-1] if turn in _TURNED else source.size
    for width in sorted({min(width, across) for width in widths}, reverse=True):
        size = width, max(1, round(along * width / across))
        size = size[::-1] if turn in _TURNED else size
        if size != current.size:
            current = current.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
        upright = current.transpose(_TURNS[turn]) if turn > 1 else current.copy()
        upright.info = {}
        yield upright


def _to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """The picture in sRGB; unchanged if its profile cannot be used."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(
            image, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError):
        return image
    return turned or image


def _encode(image: Image.Image, kind: Format, about: Packet) -> bytes:
    if kind == "PNG":
        return png(image, about)
    written = io.BytesIO()
    xmp = packet(about).encode("utf-8")
    if kind == "WEBP":
        image.save(written, "WEBP", quality=80, method=4, xmp=xmp)
    else:
        image.save(written, "JPEG", quality=82, optimize=True, progressive=True, xmp=xmp)
    return written.getvalue()


def square(
    image: Image.Image, credit: Credit, at: tuple[float, float], sides: Sequence[int] = (240, 480)
) -> list[Derivative]:
    """The files of a portrait, like those of `derive`, cut to a square around a point.

    `at` says how far across and down the point lies, as shares of the sides.
    """
    about = _about(credit)
    most = min(image.size)
    cuts = (cut(image, (side, side), at) for side in sorted({min(s, most) for s in sides}))
    return [
        Derivative(*one.size, kind, _encode(one, kind, about))
        for one in cuts
        for kind in ("WEBP", _fallback(one))
    ]


def cut(image: Image.Image, size: tuple[int, int], at: tuple[float, float]) -> Image.Image:
    """The largest part of a picture that has the shape of `size`, around a point, in that size."""
    turned = _turn(image) in _TURNED
    across, along = image.size[::-1] if turned else image.size
    scale = min(1.0, max(size[0] / across, size[1] / along))
    upright = next(_sizes(image, [ceil(across * scale)]))
    return ImageOps.fit(upright, size, Image.Resampling.LANCZOS, centering=at)


def derive(
    image: Image.Image, credit: Credit, widths: Sequence[int] = (480, 960, 1440)
) -> list[Derivative]:
    """The files to publish, smallest first: per width a WebP, and a JPEG (PNG if transparent).

    The EXIF turn is applied, colours become sRGB, and nothing of the original's metadata is kept;
    what `credit` says is written instead, as XMP. No picture is made larger than it was: widths
    beyond its own become its own width. Raises ValueError for widths that are not positive.
    """
    if not widths or min(widths) < 1:
        raise ValueError("at least one width is needed, and each of one pixel or more")
    about = _about(credit)
    derived = [
        Derivative(*upright.size, kind, _encode(upright, kind, about))
        for upright in _sizes(image, widths)
        for kind in (_fallback(upright), "WEBP")
    ]
    return derived[::-1]


def _about(credit: Credit) -> Packet:
    linked = credit.license.startswith(("https://", "http://"))
    return Packet(
        description=credit.caption,
        creator=credit.creator,
        credit=credit.credit,
        terms=credit.license,
        statement=credit.license if linked else "",
        licensor=credit.acquire_license_page,
    )


def _fallback(image: Image.Image) -> Format:
    """What is published beside WebP."""
    return "PNG" if image.mode == "RGBA" else "JPEG"
