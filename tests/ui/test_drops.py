from __future__ import annotations

import base64
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QMimeData, QUrl
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from faceapp.ui import drops

PNG = bytes(cv2.imencode(".png", np.full((4, 5, 3), (1, 2, 3), np.uint8))[1].tobytes())


def mime(*, urls: list[QUrl] | None = None, html: str = "", text: str = "") -> QMimeData:
    data = QMimeData()
    if urls:
        data.setUrls(urls)
    if html:
        data.setHtml(html)
    if text:
        data.setText(text)
    return data


def test_local_files_and_folders(tmp_path: Path) -> None:
    picture, folder = tmp_path / "übung #1.jpg", tmp_path / "folder"
    picture.write_bytes(b"x")
    folder.mkdir()
    data = mime(urls=[QUrl.fromLocalFile(str(p)) for p in (picture, folder, picture, tmp_path / "gone.jpg")])
    assert drops.accepts(data)
    dropped = drops.parse(data)
    assert dropped.paths == (picture, folder, tmp_path / "gone.jpg")
    assert drops.split(dropped.paths) == ([folder], [picture])


def test_image_data(qapp: QApplication) -> None:
    image = QImage(5, 3, QImage.Format.Format_RGB32)
    image.fill(QColor(200, 100, 50))
    data = QMimeData()
    data.setImageData(image)
    assert drops.accepts(data)
    pixels = drops.parse(data).image
    assert pixels is not None
    assert pixels.shape == (3, 5, 3)
    assert pixels.flags.c_contiguous
    assert pixels[2, 4].tolist() == [50, 100, 200]


def test_see_through_becomes_white(qapp: QApplication) -> None:
    image = QImage(3, 2, QImage.Format.Format_ARGB32)
    image.fill(QColor(255, 0, 0, 0))
    image.setPixelColor(1, 1, QColor(10, 20, 30))
    pixels = drops.pixels_from_image(image)
    assert pixels[0, 0].tolist() == [255, 255, 255]
    assert pixels[1, 1].tolist() == [30, 20, 10]


def test_encoded_picture_is_left_to_a_worker() -> None:
    data = QMimeData()
    data.setData("image/png", QByteArray(PNG))
    assert drops.accepts(data)
    assert drops.parse(data).encoded == PNG


@pytest.mark.parametrize("quote", ['"', "'"])
def test_html_with_local_file(tmp_path: Path, quote: str) -> None:
    url = QUrl.fromLocalFile(str(tmp_path / "a b&c.jpg")).toString().replace("&", "&amp;")
    data = mime(html=f"<p><IMG alt=x src={quote}{url}{quote}></p>")
    assert drops.accepts(data)
    assert drops.parse(data).paths == (tmp_path / "a b&c.jpg",)


def test_html_with_data_uri() -> None:
    body = base64.b64encode(PNG).decode()
    dropped = drops.parse(mime(html=f'<img src="data:image/png;base64,{body}">'))
    assert dropped.encoded == PNG
    assert not dropped.remote


@pytest.mark.parametrize("source", ["data:image/png;base64,###", "data:text/plain,hello", "data:image/png;base64,"])
def test_useless_data_uri(source: str) -> None:
    assert drops.parse(mime(html=f'<img src="{source}">')).empty


def test_network_address_is_told_not_fetched() -> None:
    for data in (mime(urls=[QUrl("https://example.org/a.jpg")]), mime(html='<img src="http://example.org/a.jpg">')):
        assert drops.accepts(data)
        dropped = drops.parse(data)
        assert dropped.empty
        assert dropped.remote


def test_browser_drag_prefers_the_picture_to_its_address() -> None:
    data = mime(urls=[QUrl("https://example.org/a.png")])
    data.setData("image/png", QByteArray(PNG))
    dropped = drops.parse(data)
    assert dropped.encoded == PNG
    assert not dropped.remote


def test_words_are_not_welcome() -> None:
    assert not drops.accepts(mime(text="hello"))
    assert not drops.accepts(mime(html="<b>hello</b>"))
    assert drops.parse(mime(text="hello")).empty
