"""Colour profiles: which ones matter, and sRGB for what is shown.

Detection and embedding take pixels as they are: cameras' profiles differ too little to matter to them.
"""

from __future__ import annotations

import io
from functools import lru_cache

import cv2
import numpy as np
from PIL import Image, ImageCms

from faceapp.imaging import limits
from faceapp.types import Pixels

_NOTICED = 2  # of 255: a profile that changes no colour by more is sRGB under another name
_KEPT = 16  # a library has few profiles: one a camera model, at most


def foreign_profile(icc: bytes | None) -> bytes | None:
    """Return an RGB profile that ``for_display`` has to convert from; None for sRGB, other kinds and broken ones."""
    if not icc or len(icc) > limits.MAX_PROFILE_BYTES or icc[16:20] != b"RGB ":
        return None
    return icc if _to_srgb(icc, "RGB") is not None else None


def for_display(pixels: Pixels, icc: bytes | None) -> Pixels:
    """Return (H, W, 3) BGR pixels in sRGB, contiguous; unchanged without a profile or with a broken one."""
    transform = None if icc is None else _to_srgb(icc, "RGB")
    if transform is None:
        return pixels
    image = Image.fromarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB))
    transform.apply_in_place(image)
    return np.asarray(cv2.cvtColor(np.asarray(image), cv2.COLOR_RGB2BGR), np.uint8)


def on_white(pixels: Pixels, alpha: Pixels) -> Pixels:
    """Lay (H, W, 3) pixels on white; ``alpha`` is (H, W, 1), 255 where they are opaque. May return ``pixels``."""
    if alpha.min(initial=255) == 255:  # as most screenshots are
        return pixels
    opaque = alpha.astype(np.uint16)
    laid: Pixels = ((pixels * opaque + 255 * (255 - opaque) + 127) // 255).astype(np.uint8)
    return laid


def cmyk_to_srgb(image: Image.Image, icc: bytes | None) -> Image.Image:
    """Return an RGB copy of a CMYK picture, by its profile if that works."""
    usable = icc is not None and len(icc) <= limits.MAX_PROFILE_BYTES and icc[16:20] == b"CMYK"
    transform = _to_srgb(icc, "CMYK") if icc is not None and usable else None
    return image.convert("RGB") if transform is None else transform.apply(image)


@lru_cache(maxsize=_KEPT)
def _to_srgb(icc: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """Return what converts to sRGB, None when the profile is broken or is sRGB itself."""
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(icc))
        transform = ImageCms.ImageCmsTransform(
            profile, ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")), mode, "RGB", ImageCms.Intent.PERCEPTUAL
        )
        return transform if mode != "RGB" or _is_noticed(transform) else None
    except Exception:  # broken profiles make ImageCms raise nearly anything
        return None


def _is_noticed(transform: ImageCms.ImageCmsTransform) -> bool:
    """Return whether a transform changes colours all over the cube visibly."""
    steps = np.arange(0, 256, 51, dtype=np.uint8)
    cube = np.stack(np.meshgrid(steps, steps, steps), -1).reshape(6, 36, 3)
    changed = np.asarray(transform.apply(Image.fromarray(cube))).astype(int)
    return bool(np.abs(changed - cube).max() > _NOTICED)
