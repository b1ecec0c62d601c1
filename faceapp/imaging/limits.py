"""Every limit on what counts as a photo, in one place. Messages quote these numbers."""

from __future__ import annotations

from pathlib import PurePath

# A decoded photo takes 3 bytes a pixel, and twice that while it is turned upright: 200 megapixels
# are 1.2 GB at worst. The largest phone sensors make 16,320 × 12,240 = 199.8 megapixels.
MAX_PIXELS = 200_000_000
MAX_SIDE = 65_535  # pixels; the most that a JPEG can have
MAX_FILE_BYTES = 1 << 30  # a 16-bit TIFF of the largest picture that we take
MAX_PATH_BYTES = 4_096  # of the whole path; Linux's own limit, and beyond what people make

# Only what the bundled decoders read, which the tests verify one by one.
PHOTO_SUFFIXES = frozenset(
    {".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".bmp", ".tif", ".tiff", ".gif", ".avif"}
)


def is_photo_name(path: PurePath) -> bool:
    """Return whether a file's name says that it is a photo, whatever the case of its suffix."""
    return path.suffix.lower() in PHOTO_SUFFIXES
