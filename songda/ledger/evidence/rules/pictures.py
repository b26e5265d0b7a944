"""Photographs 照片: whether one can be opened, its small picture, when and where it was taken, and a copy marked for its receiver."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pylopdf_fonts_zh_cn
from PIL import ExifTags, Image, ImageDraw, ImageFont, ImageOps

from songda.kernel.words import gettext as _
from songda.ledger.evidence.rules.unfit import Unfit

FORMATS: Final = ("JPEG", "PNG", "WEBP")
MOST_PIXELS: Final = 50_000_000
THUMBNAIL: Final = 320  # pixels of the longer side
COPY: Final = 2_400
FONT: Final = Path(pylopdf_fonts_zh_cn.__file__).with_name("NotoSansSC-Regular.otf")
UNREADABLE: Final = (OSError, SyntaxError, ValueError, Image.DecompressionBombError)  # what Pillow raises on a broken file
MILLION: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Traces:
    """What a photograph says of itself: the local moment, and WGS 84 in millionths of a degree (latitude, longitude)."""

    taken_at: dt.datetime | None = None
    place: tuple[int, int] | None = None


def fault(data: bytes) -> Unfit | None:
    """What is wrong with a picture: too many pixels, or it cannot be decoded to its end."""
    advice = _("请重新拍摄，或用图片软件打开后另存，再上传。")
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                return Unfit(_("图片超过 %(n)d 万像素。") % {"n": MOST_PIXELS // 10_000}, _("请缩小图片后再上传。"))
            image.draft("RGB", (THUMBNAIL, THUMBNAIL))
            image.load()
    except UNREADABLE:
        return Unfit(_("图片已损坏。"), advice)
    return None


def thumbnail(data: bytes) -> bytes:
    """A JPEG of at most `THUMBNAIL` pixels, turned the right way up, without any trace."""
    return _jpeg(_opened(data, THUMBNAIL), 80)


def marked_copy(data: bytes, text: str) -> bytes:
    """A JPEG copy of at most `COPY` pixels with `text` (receiver, time, number) across it, so that a copy passed on says whose it was."""
    image = _opened(data, COPY).convert("RGBA")
    return _jpeg(Image.alpha_composite(image, mark_layer(image.size, text)), 88)


def mark_layer(size: tuple[int, int], text: str) -> Image.Image:
    """A clear picture with `text` in slanting rows and once, readable, at the foot."""
    height = max(18, min(size) // 28)
    font = ImageFont.truetype(str(FONT), height)
    line = Image.new("RGBA", (int(font.getlength(text)) + height, height * 2))
    ImageDraw.Draw(line).text((0, 0), text, font=font, fill=(255, 255, 255, 96), stroke_width=1, stroke_fill=(60, 60, 60, 96))
    slanting = line.rotate(30, resample=Image.Resampling.BICUBIC, expand=True)
    layer = Image.new("RGBA", size)
    across, down = slanting.width + height * 2, slanting.height + height
    for row, top in enumerate(range(-down // 2, size[1], down)):
        for left in range(-across // (1 + row % 2), size[0], across):
            layer.paste(slanting, (left, top))
    foot = ImageDraw.Draw(layer)
    foot.rectangle((0, size[1] - height * 2, size[0], size[1]), fill=(255, 255, 255, 216))
    foot.text((height // 2, size[1] - height * 2 + height // 4), text, font=font, fill=(30, 30, 30, 255))
    return layer


def traces(data: bytes, zone: dt.tzinfo) -> Traces:
    """When and where a photograph says it was taken; a moment without an offset is one of `zone`. Nothing where it says nothing."""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            exif = image.getexif()
            details, position = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
    except UNREADABLE:
        return Traces()
    return Traces(_moment(details, zone), _position(position))


def _moment(details: dict[int, Any], zone: dt.tzinfo) -> dt.datetime | None:
    said = str(details.get(ExifTags.Base.DateTimeOriginal, "")).strip("\x00 ")
    offset = str(details.get(ExifTags.Base.OffsetTimeOriginal, "")).strip("\x00 ")
    try:
        if offset:
            return dt.datetime.strptime(f"{said} {offset}", "%Y:%m:%d %H:%M:%S %z")
        return dt.datetime.strptime(said, "%Y:%m:%d %H:%M:%S").replace(tzinfo=zone)
    except ValueError:
        return None


def _position(position: dict[int, Any]) -> tuple[int, int] | None:
    try:
        latitude = _degrees(position[ExifTags.GPS.GPSLatitude], str(position[ExifTags.GPS.GPSLatitudeRef]))
        longitude = _degrees(position[ExifTags.GPS.GPSLongitude], str(position[ExifTags.GPS.GPSLongitudeRef]))
    except (KeyError, ValueError, TypeError, ZeroDivisionError):
        return None
    return (latitude, longitude) if abs(latitude) <= 90 * MILLION and abs(longitude) <= 180 * MILLION else None


def _degrees(parts: Any, side: str) -> int:
    degrees, minutes, seconds = (float(part) for part in parts)
    found = round((degrees + minutes / 60 + seconds / 3600) * MILLION)
    return -found if side in ("S", "W") else found


def _opened(data: bytes, longest: int) -> Image.Image:
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        image.draft("RGB", (longest, longest))
        turned = ImageOps.exif_transpose(image)
    turned.thumbnail((longest, longest))
    return turned


def _jpeg(image: Image.Image, quality: int) -> bytes:
    seen = image.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    out = io.BytesIO()
    paper.save(out, "JPEG", quality=quality)
    return out.getvalue()
