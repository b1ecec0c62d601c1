"""What this program is and whose models it carries."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from faceapp import __version__

_translate = QCoreApplication.translate


def show(window: QWidget) -> None:
    """Show it in a box of its own; the window goes on living behind it."""
    text = _translate(
        "About",
        "<b>Faceapp {version}</b><p>Finds the people in your own photos, on this computer.</p>"
        "<p>Detector: CenterFace (MIT). Embedder: MobileFaceNet with ArcFace (MIT).</p>"
        "<p>Nothing leaves this computer, and photos are never changed.</p>",
    )
    box = QMessageBox(window)
    box.setWindowTitle(_translate("About", "About Faceapp"))
    box.setText(text.format(version=__version__))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
