"""Every limit on what counts as a photo, in one place. Messages quote these numbers."""

from __future__ import annotations

from pathlib import PurePath

# The largest phone sensors make 16,320 × 12,240 = 199.8 megapixels.
MAX_PIXELS = 200_000_000
MAX_SIDE = 65_535  # pixels; the most that a JPEG can have
MAX_FILE_BYTES = 1 << 30  # a 16-bit TIFF of the largest picture that we take
MAX_PATH_BYTES = 4_096  # of the whole path; Linux's own limit, and beyond what people make
MAX_PROFILE_BYTES = 4 << 20  # of a colour profile; those of printers take 2 MB
MIN_PREVIEW_SIDE = 1_600  # pixels, the longer side: below it a camera raw file's own preview loses small faces

MAX_JPEG_SCANS = (
    100  # of a progressive JPEG: cameras and programs write about 10, and each costs a pass over all pixels
)
MAX_SECONDS = 30.0  # for one file, in a process that ends when it takes longer
MAX_CHILD_BYTES = 3 << 30  # of memory for a process that decodes
MAX_DECODE_BYTES = 2_400 << 20  # of these for one picture; the program and its models take the rest

# Only what the bundled decoders read, which the tests verify one by one.
PHOTO_SUFFIXES = frozenset({
    ".jpg", ".jpeg", ".jpe", ".jfif", ".heic", ".heif", ".hif", ".avif", ".png", ".webp", ".tif", ".tiff", ".gif",
    ".bmp", ".cr2", ".cr3", ".nef", ".arw", ".dng", ".raf", ".orf", ".rw2",
})  # fmt: skip


def is_photo_name(path: PurePath) -> bool:
    """Return whether a file's name says that it is a photo, whatever the case of its suffix."""
    return path.suffix.lower() in PHOTO_SUFFIXES
