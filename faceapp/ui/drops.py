"""What a drop or the clipboard holds: folders, pictures, image data. Nothing is fetched from the network."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Final
from urllib.parse import unquote_to_bytes

import numpy as np
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage

from faceapp.types import Pixels
from faceapp.ui.people import dragging

_IMG_SRC: Final = re.compile(r"""<img\b[^>]*?\bsrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)
_ENCODED: Final = ("image/png", "image/jpeg", "image/webp", "image/tiff", "image/bmp", "image/gif", "image/avif")


@dataclass(frozen=True, slots=True, eq=False)
class Dropped:
    """The parts of a drop that Faceapp can use.

    ``paths`` may be folders and files of any kind: ``split`` tells them apart, on a worker, because a network drive
    may take its time. ``image`` is set where only Qt could read the data; ``encoded`` holds a whole picture file
    (from a browser, say), to be decoded on a worker. ``remote``: there were only addresses in the network, which
    Faceapp does not open.
    """

    paths: tuple[Path, ...] = ()
    image: Pixels | None = None
    encoded: bytes | None = None
    remote: bool = False

    @property
    def empty(self) -> bool:
        return not self.paths and self.image is None and self.encoded is None


def accepts(mime: QMimeData) -> bool:
    """Whether to show that a drop is welcome. Looks at the kinds of data only: cheap, called while dragging.

    Addresses in the network are accepted too: the drop then explains why nothing came.
    """
    if dragging.unpack(mime) is not None:
        return False  # photos on their way out of this very window
    if mime.hasImage() or any(mime.hasFormat(kind) for kind in _ENCODED):
        return True
    if mime.hasUrls():
        return any(url.isLocalFile() or url.scheme() in ("http", "https", "data") for url in mime.urls())
    return mime.hasHtml() and _IMG_SRC.search(mime.html()) is not None


def parse(mime: QMimeData) -> Dropped:
    """Read a drop. Local files go before image data, whole picture files before Qt's own image."""
    urls = mime.urls() if mime.hasUrls() else []
    paths = _local(urls)
    if paths:
        return Dropped(paths=paths)
    for kind in _ENCODED:
        data = bytes(mime.data(kind).data()) if mime.hasFormat(kind) else b""
        if data:
            return Dropped(encoded=data)
    if mime.hasImage():
        image = mime.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return Dropped(image=pixels_from_image(image))
    sources = [url.toString() for url in urls]
    if mime.hasHtml():
        sources += [unescape(next(filter(None, m.groups()), "")) for m in _IMG_SRC.finditer(mime.html())]
    for source in sources:
        if source.startswith("data:"):
            held = _data_uri(source)
            if held:
                return Dropped(encoded=held)
    paths = _local([QUrl(source) for source in sources if source.startswith("file:")])
    if paths:
        return Dropped(paths=paths)
    return Dropped(remote=any(source.startswith(("http:", "https:", "//")) for source in sources))


def split(paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Return (folders, files), leaving out what does not exist. Touches the disk: run it on a worker."""
    folders: list[Path] = []
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            folders.append(path)
        elif path.is_file():
            files.append(path)
    return folders, files


def pixels_from_image(image: QImage) -> Pixels:
    """Return an image as contiguous (height, width, 3) BGR of its own memory; see-through parts become white."""
    if image.hasAlphaChannel():
        rgba = image.convertToFormat(QImage.Format.Format_RGBA8888)
        wide = np.frombuffer(rgba.constBits(), np.uint8).reshape(rgba.height(), rgba.bytesPerLine())
        pixels = wide[:, : rgba.width() * 4].reshape(rgba.height(), rgba.width(), 4).astype(np.uint16)
        alpha = pixels[..., 3:]
        mixed = (pixels[..., 2::-1] * alpha + 255 * (255 - alpha) + 127) // 255
        return np.ascontiguousarray(mixed.astype(np.uint8))
    bgr = image.convertToFormat(QImage.Format.Format_BGR888)
    lines = np.frombuffer(bgr.constBits(), np.uint8).reshape(bgr.height(), bgr.bytesPerLine())
    return np.ascontiguousarray(lines[:, : bgr.width() * 3]).reshape(bgr.height(), bgr.width(), 3).copy()


def _local(urls: Sequence[QUrl]) -> tuple[Path, ...]:
    """Return the paths of local addresses, in order, each once."""
    return tuple(dict.fromkeys(Path(url.toLocalFile()) for url in urls if url.isLocalFile() and url.toLocalFile()))


def _data_uri(source: str) -> bytes | None:
    """Return the bytes in a ``data:image/...`` address (RFC 2397), None if it holds something else."""
    head, _, body = source.partition(",")
    if not head.lower().startswith("data:image/"):
        return None
    raw = unquote_to_bytes(body)
    if not head.lower().endswith(";base64"):
        return raw
    try:
        return base64.b64decode(b"".join(raw.split()), validate=True)
    except binascii.Error:
        return None
