"""Colours turned into the four inks of a printing condition, by its ICC profile."""

from __future__ import annotations

from pathlib import Path

from PIL import ImageCms


def separation(
    icc: Path, mode: str, source: ImageCms.ImageCmsProfile | None = None, flags: ImageCms.Flags = ImageCms.Flags.NONE
) -> ImageCms.ImageCmsTransform:
    """Build the transform of pictures of a mode to four inks: relative colorimetric, from sRGB or LAB unless they have a profile."""
    source = source or ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB" if mode == "LAB" else "sRGB"))
    target, intent = ImageCms.ImageCmsProfile(str(icc)), ImageCms.Intent.RELATIVE_COLORIMETRIC
    transform = ImageCms.buildTransform(source, target, mode, "CMYK", intent, flags)
    # Pillow copies the output profile to every picture: 1 MB, 13 ms for each colour; a small one stands in
    transform.output_profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    return transform
