"""Convert the colours of pictures to sRGB.

A WebP or JPEG that Pillow saves has no colour profile, and is shown as sRGB. The pictures of phones and cameras are
often in a wider space (Display P3, Adobe RGB), where the same numbers stand for stronger colours.
"""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageCms

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
# As profiles name the spaces of Pillow's modes.
SPACES = {"RGB": "RGB", "L": "GRAY", "CMYK": "CMYK"}


def convert_to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return a picture of mode L, LA, RGB, RGBA or CMYK in sRGB, as RGB or RGBA.

    A profile that is broken, or one of another space than the picture's, counts for nothing.
    """
    alpha = image.getchannel("A") if image.mode in ("LA", "RGBA") else None
    opaque = image.convert(image.mode.removesuffix("A")) if alpha else image
    converted = _apply_profile(opaque, profile) if profile else opaque.convert("RGB")
    if alpha:
        converted.putalpha(alpha)
    return converted


def _apply_profile(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        if source.profile.xcolor_space.strip() == SPACES[image.mode]:
            converted = ImageCms.profileToProfile(image, source, SRGB, outputMode="RGB")
            if converted is not None:
                return converted
    except (ImageCms.PyCMSError, OSError, ValueError):
        pass
    return image.convert("RGB")
