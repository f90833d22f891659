"""Contributed photographs: what is refused, and what is published."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageOps, PngImagePlugin
from summitry.pictures import photos
from summitry.pictures.photos import BadImage, Credit, Size, derive, inspect, load

CREDIT = Credit(
    caption="Two people & a <table>",
    creator="Jane Example",
    credit="Jane Example / Agency",
    license="https://creativecommons.org/licenses/by/4.0/",
    acquire_license_page="https://example.org/licence",
)


def picture(width: int = 60, height: int = 40, mode: str = "RGB") -> Image.Image:
    gradient = Image.linear_gradient("L").resize((width, height))
    return gradient.convert(mode)


def gps() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F] = "SecretCameraMaker"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (61.0, 13.0, 5.0)
    return exif


@pytest.mark.parametrize(
    ("name", "kind"), [("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.jpeg", "JPEG"), ("a.webp", "WEBP")]
)
def test_good_pictures_pass(tmp_path: Path, name: str, kind: photos.Format) -> None:
    picture().save(tmp_path / name, kind)
    assert inspect(tmp_path / name) == Size(60, 40, kind)


def test_size_is_as_seen(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    picture().save(tmp_path / "a.jpg", exif=exif)
    assert inspect(tmp_path / "a.jpg") == Size(40, 60, "JPEG")
    assert {(d.width, d.height) for d in derive(load(tmp_path / "a.jpg"), CREDIT)} == {(40, 60)}


def refused(path: Path) -> str:
    with pytest.raises(BadImage) as error:
        inspect(path)
    return str(error.value)


def test_links_folders_and_missing_files(tmp_path: Path) -> None:
    picture().save(tmp_path / "a.png")
    (tmp_path / "b.png").symlink_to(tmp_path / "a.png")
    (tmp_path / "c.png").mkdir()
    assert "symbolic link" in refused(tmp_path / "b.png")
    assert "not a file" in refused(tmp_path / "c.png")
    assert "cannot be opened" in refused(tmp_path / "d.png")


def test_ending_and_format_must_agree(tmp_path: Path) -> None:
    picture().save(tmp_path / "a.jpg", "PNG")
    assert "the picture is PNG" in refused(tmp_path / "a.jpg")
    picture().save(tmp_path / "a.gif")
    assert "ending '.gif'" in refused(tmp_path / "a.gif")
    picture().save(tmp_path / "b.png", "GIF")
    assert "not a PNG, JPEG or WebP" in refused(tmp_path / "b.png")
    (tmp_path / "c.png").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    assert "not a PNG, JPEG or WebP" in refused(tmp_path / "c.png")
    (tmp_path / "e.png").write_bytes(b"")
    assert "not a PNG, JPEG or WebP" in refused(tmp_path / "e.png")


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def test_too_many_pixels_are_seen_in_the_header(tmp_path: Path) -> None:
    header = struct.pack(">IIBBBBB", 6000, 4001, 8, 2, 0, 0, 0)
    content = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
    )
    (tmp_path / "a.png").write_bytes(content)
    assert "6000 x 4001 pixels" in refused(tmp_path / "a.png")
    bomb = struct.pack(">IIBBBBB", 20000, 20000, 8, 2, 0, 0, 0)
    (tmp_path / "b.png").write_bytes(content.replace(chunk(b"IHDR", header), chunk(b"IHDR", bomb)))
    assert refused(tmp_path / "b.png")


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.webp"])
def test_truncated_files_are_refused_at_any_length(tmp_path: Path, name: str) -> None:
    noise = Image.effect_noise((64, 64), 80).convert("RGB")
    noise.save(tmp_path / name)
    content = (tmp_path / name).read_bytes()
    for share in (0.05, 0.3, 0.6, 0.9):
        (tmp_path / name).write_bytes(content[: int(len(content) * share)])
        assert refused(tmp_path / name)


def test_animations_are_refused(tmp_path: Path) -> None:
    frames = [picture(), picture().rotate(180)]
    for name in ("a.webp", "a.png"):
        frames[0].save(tmp_path / name, save_all=True, append_images=frames[1:])
        assert "animated" in refused(tmp_path / name)


def test_a_telephones_second_picture_is_left_behind(tmp_path: Path) -> None:
    second = Image.effect_noise((60, 40), 90).convert("RGB")
    picture().save(tmp_path / "a.jpg", "MPO", save_all=True, append_images=[second])
    assert inspect(tmp_path / "a.jpg") == Size(60, 40, "JPEG")
    made = derive(load(tmp_path / "a.jpg"), CREDIT)
    with Image.open(io.BytesIO(made[1].data)) as opened:
        assert opened.format == "JPEG"
        assert opened.getpixel((30, 2)) != opened.getpixel((30, 38))


def test_warnings_are_errors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    picture().save(tmp_path / "a.png")
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 2000)
    assert "cannot be read" in refused(tmp_path / "a.png")


def test_nothing_of_the_original_metadata_is_kept(tmp_path: Path) -> None:
    source = picture(600, 400)
    source.save(tmp_path / "a.jpg", exif=gps(), comment=b"SecretComment", xmp=b"<x>SecretXmp</x>")
    made = derive(load(tmp_path / "a.jpg"), CREDIT)
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "SecretText")
    picture(600, 400, "RGBA").save(tmp_path / "a.png", pnginfo=notes, exif=gps())
    with (tmp_path / "a.png").open("ab") as stream:
        stream.write(b"PK\x03\x04SecretZip")
    made += derive(load(tmp_path / "a.png"), CREDIT)
    assert {d.format for d in made} == {"JPEG", "WEBP", "PNG"}
    for one in made:
        assert b"Secret" not in one.data
        with Image.open(io.BytesIO(one.data)) as opened:
            assert not opened.getexif()
            assert opened.getexif().get_ifd(0x8825) == {}
            assert "icc_profile" not in opened.info


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_our_own_metadata_is_written(mode: str) -> None:
    for one in derive(picture(600, 400, mode), CREDIT):
        with Image.open(io.BytesIO(one.data)) as opened:
            opened.load()
            raw = opened.info.get("xmp") or opened.info["XML:com.adobe.xmp"]
            assert opened.format == one.format
            assert opened.size == (one.width, one.height)
        xmp = raw.decode("utf-8") if isinstance(raw, bytes) else raw
        assert "Two people &amp; a &lt;table&gt;" in xmp
        assert "<dc:creator><rdf:Seq><rdf:li>Jane Example</rdf:li>" in xmp
        assert "<photoshop:Credit>Jane Example / Agency</photoshop:Credit>" in xmp
        assert "xmpRights:UsageTerms" in xmp
        assert "<plus:LicensorURL>https://example.org/licence</plus:LicensorURL>" in xmp


def test_widths_and_order() -> None:
    made = derive(picture(1200, 800), CREDIT)
    assert [(d.width, d.height, d.format) for d in made] == [
        (480, 320, "WEBP"),
        (480, 320, "JPEG"),
        (960, 640, "WEBP"),
        (960, 640, "JPEG"),
        (1200, 800, "WEBP"),
        (1200, 800, "JPEG"),
    ]
    assert {d.width for d in derive(picture(300, 200), CREDIT)} == {300}
    assert {d.width for d in derive(picture(300, 200), CREDIT, widths=(100, 200))} == {100, 200}
    for widths in ((), (0, 100)):
        with pytest.raises(ValueError, match="width"):
            derive(picture(), CREDIT, widths=widths)


def test_transparency_survives_and_sixteen_bits_are_scaled() -> None:
    clear = Image.new("RGBA", (50, 50), (255, 0, 0, 0))
    for one in derive(clear, CREDIT):
        with Image.open(io.BytesIO(one.data)) as opened:
            assert opened.convert("RGBA").getchannel("A").getextrema() == (0, 0)
    deep = Image.new("I;16", (50, 50), 32896)
    with Image.open(io.BytesIO(derive(deep, CREDIT)[0].data)) as opened:
        grey = opened.convert("L").getpixel((5, 5))
    assert isinstance(grey, int | float)
    assert abs(grey - 128) < 4


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK"])
def test_every_mode_is_published(mode: str) -> None:
    assert len(derive(picture(60, 40, mode), CREDIT)) == 2


def test_same_bytes_each_time() -> None:
    assert derive(picture(600, 400), CREDIT) == derive(picture(600, 400), CREDIT)


@pytest.mark.parametrize("size", [(1, 1), (23, 400), (1, 2_000_000), (300, 3001), (3001, 300)])
@pytest.mark.parametrize("name", ["a.png", "a.webp", "a.jpg"])
def test_dots_and_strips_are_refused(tmp_path: Path, name: str, size: tuple[int, int]) -> None:
    if max(size) > 16_000 and name != "a.png":
        return  # no other format holds it
    Image.new("L", size).save(tmp_path / name)
    assert f"{size[0]} x {size[1]} pixels" in refused(tmp_path / name)


def test_a_panorama_passes(tmp_path: Path) -> None:
    picture(300, 30).save(tmp_path / "a.png")
    assert inspect(tmp_path / "a.png") == Size(300, 30, "PNG")


@pytest.mark.parametrize("kind", [b"IHDR", b"IDAT", b"IEND", b"tEXt"])
def test_a_wrong_checksum_is_refused(tmp_path: Path, kind: bytes) -> None:
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "words")
    picture().save(tmp_path / "a.png", pnginfo=text)
    content = bytearray((tmp_path / "a.png").read_bytes())
    at = content.index(kind)
    size = struct.unpack(">I", content[at - 4 : at])[0]
    content[at + 4 + size] ^= 0xFF
    (tmp_path / "a.png").write_bytes(content)
    assert f"the checksum of its part {kind!r} is wrong" in refused(tmp_path / "a.png")


@pytest.mark.parametrize("turn", [0, 9, 99, 65535])
def test_a_turn_that_there_is_not_is_refused(tmp_path: Path, turn: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    picture().save(tmp_path / "a.jpg", exif=exif)
    assert "EXIF data gives the orientation" in refused(tmp_path / "a.jpg")


@pytest.mark.parametrize("turn", range(1, 9))
def test_every_turn_is_made_as_pillow_makes_it(tmp_path: Path, turn: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    picture().save(tmp_path / "a.png", exif=exif)
    with Image.open(tmp_path / "a.png") as opened:
        wanted = ImageOps.exif_transpose(opened)
    made = next(photos._sizes(load(tmp_path / "a.png"), [wanted.width]))
    assert made.convert("L").tobytes() == wanted.convert("L").tobytes()


def test_a_large_picture_is_in_memory_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (400, 300)).save(tmp_path / "a.jpg", exif=exif)
    copied = list[int]()
    for name in ("transpose", "copy", "convert"):
        kept = getattr(Image.Image, name)

        def noting(self: Image.Image, *words: object, kept: object = kept) -> Image.Image:
            copied.append(self.width)
            return kept(self, *words)

        monkeypatch.setattr(Image.Image, name, noting)
    large = load(tmp_path / "a.jpg")
    assert [one.size for one in photos._sizes(large, [60, 30])] == [(60, 80), (30, 40)]
    assert copied
    assert max(copied) == 80


ODD = {
    "cut": b"Exif\0\0II*\0\x08\0\0\0\xff\xff",
    "no order of bytes": b"Exif\0\0XX*\0\x08\0\0\0\x01\0",
    "a directory in a circle": b"Exif\0\0II*\0\x08\0\0\0\0\0\x08\0\0\0",
    "an unknown type": b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\xff\xff\x01\0\0\0\x06\0\0\0\0\0\0\0",
    "an offset far away": b"Exif\0\0II*\0\xff\xff\xff\x7f",
    "nothing": b"Exif\0\0",
}


@pytest.mark.parametrize("exif", ODD.values(), ids=ODD)
def test_odd_exif_is_refused_or_left_behind_and_never_a_traceback(
    tmp_path: Path, exif: bytes
) -> None:
    picture().save(tmp_path / "a.jpg", exif=exif)
    try:
        inspect(tmp_path / "a.jpg")
    except BadImage as error:
        assert str(error).startswith(("it cannot be read", "its EXIF"))
        return
    for made in derive(load(tmp_path / "a.jpg"), CREDIT):
        with Image.open(io.BytesIO(made.data)) as opened:
            assert not opened.getexif()


CURES = {
    "a.JPG": "name the file a.jpg, here and on disk",
    "a.jpg": "name the file a.png, here and on disk",
    "a.gif": "save it again as PNG, JPEG or WebP",
}


@pytest.mark.parametrize(("name", "cure"), CURES.items())
def test_a_cure_that_is_followed_mends(tmp_path: Path, name: str, cure: str) -> None:
    kind = {"a.JPG": "JPEG", "a.jpg": "PNG", "a.gif": "GIF"}[name]
    picture().save(tmp_path / name, kind)
    with pytest.raises(BadImage) as error:
        inspect(tmp_path / name)
    assert error.value.cure == cure
    if cure.startswith("name"):
        (tmp_path / name).rename(tmp_path / cure.split(",")[0].split()[-1])
    else:
        picture().save(tmp_path / "a.png")
    (path,) = set(tmp_path.iterdir()) - {tmp_path / name}
    inspect(path)


def quarters(width: int, height: int, turn: int = 1) -> Image.Image:
    """A picture of four colours as it is seen, stored as a camera does that was held so."""
    whole = Image.new("RGB", (width, height))
    for column, row in ((0, 0), (1, 0), (0, 1), (1, 1)):
        box = (column * width // 2, row * height // 2)
        whole.paste((column * 200, row * 200, 100), (*box, box[0] + width, box[1] + height))
    back = {1: whole, 6: whole.transpose(Image.Transpose.ROTATE_90)}[turn]
    exif = Image.Exif()
    exif[0x0112] = turn
    written = io.BytesIO()
    back.save(written, "PNG", exif=exif)
    return Image.open(written)


@pytest.mark.parametrize("turn", [1, 6])
@pytest.mark.parametrize(
    ("at", "seen"), [((0.0, 0.0), (0, 0)), ((1.0, 0.0), (200, 0)), ((1.0, 1.0), (200, 200))]
)
def test_what_matters_stays_where_a_picture_is_cut(
    turn: int, at: tuple[float, float], seen: tuple[int, int]
) -> None:
    wide = photos.cut(quarters(400, 100, turn), (60, 60), at)
    assert wide.size == (60, 60)
    colour = wide.getpixel((30, 59 if at[1] else 0))
    assert isinstance(colour, tuple)
    assert colour[:2] == pytest.approx(seen, abs=12)
    tall = photos.cut(quarters(100, 400, turn), (120, 60), at)
    colour = tall.getpixel((119 if at[0] else 0, 30))
    assert isinstance(colour, tuple)
    assert colour[:2] == pytest.approx(seen, abs=12)


def test_a_portrait_is_square_and_no_larger_than_it_was() -> None:
    made = photos.square(picture(300, 200), CREDIT, (0.5, 0.2))
    assert [(one.width, one.height, one.format) for one in made] == [
        (200, 200, "WEBP"), (200, 200, "JPEG")
    ]  # fmt: skip
    made = photos.square(picture(1000, 800), CREDIT, (0.5, 0.2))
    assert [one.width for one in made] == [240, 240, 480, 480]
    assert all(b"Jane Example / Agency" in one.data for one in made)
