"""Another program: a small window from which a picture can be dragged. ``python source.py PICTURE X Y``."""

from __future__ import annotations

import sys

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel


class Source(QLabel):
    """Begins to drag the picture as soon as the pressed mouse moves."""

    def __init__(self, picture: str) -> None:
        super().__init__("Drag me")
        self._picture = picture
        self.setWindowTitle("Drag source")
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setFixedSize(160, 120)
        self.setStyleSheet("background: orange")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(self._picture)])
        drag = QDrag(self)
        drag.setMimeData(mime)
        drag.exec(Qt.DropAction.CopyAction)


if __name__ == "__main__":
    app = QApplication(sys.argv[:1])
    source = Source(sys.argv[1])
    source.move(int(sys.argv[2]), int(sys.argv[3]))
    source.show()
    sys.exit(app.exec())
