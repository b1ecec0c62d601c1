"""What is said of an error that nobody caught: calm, once, with a way to report it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from faceapp.ui import theme, words
from faceapp.ui.widgets.page_parts import label

_WIDTH = 560
_DETAILS_HEIGHT = 140
_translate = QCoreApplication.translate


class CrashDialog(QDialog):
    """Beside the window, not before it: everything else can be used meanwhile. Deletes itself when it is closed."""

    log_requested = Signal()

    def __init__(self, details: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self.setWindowTitle(self.tr("Something went wrong"))
        self._count = 1
        heading = label(self.tr("Something went wrong inside Faceapp"), "heading")
        advice = label(
            self.tr(
                "Your photos and names are safe. You can go on; if something looks odd, close Faceapp and open it "
                "again. The details below help to mend it."
            ),
            "muted",
        )
        self._details = QPlainTextEdit(details)
        self._details.setProperty("surface", "card")
        self._details.setReadOnly(True)
        self._details.setTabChangesFocus(True)
        self._details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._details.setMinimumHeight(_DETAILS_HEIGHT)
        self._details.setAccessibleName(self.tr("Details of the error"))
        self._more = QLabel()
        self._more.setProperty("role", "small")
        self._more.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_6, theme.SPACE_6, theme.SPACE_6, theme.SPACE_4)
        column.setSpacing(theme.SPACE_3)
        column.addWidget(heading)
        column.addWidget(advice)
        column.addWidget(self._details, 1)
        column.addWidget(self._more)
        column.addLayout(self._buttons())
        self.resize(_WIDTH, self.sizeHint().height())
        self.go_on.setFocus()

    def _buttons(self) -> QHBoxLayout:
        self.copy = QPushButton(self.tr("Copy Details"))
        self.copy.setToolTip(self.tr("Copy the details to the clipboard; they name no person, but may name files"))
        self.copy.clicked.connect(self._copy)
        self.open_log = QPushButton(self.tr("Open the Log"))
        self.open_log.setToolTip(self.tr("Show the file that all errors are written to"))
        self.open_log.clicked.connect(self.log_requested)
        self.go_on = QPushButton(self.tr("Go On"))
        self.go_on.setProperty("kind", "primary")
        self.go_on.setToolTip(self.tr("Close this and go on working (Esc)"))
        self.go_on.clicked.connect(self.accept)
        for button in (self.copy, self.open_log):
            button.setAutoDefault(False)
        self.go_on.setDefault(True)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_2)
        row.addWidget(self.copy)
        row.addWidget(self.open_log)
        row.addStretch(1)
        row.addWidget(self.go_on)
        return row

    def details(self) -> str:
        return self._details.toPlainText()

    def count_one_more(self) -> None:
        """Another error came while this one is being told of."""
        self._count += 1
        self._more.setText(more_errors(self._count - 1))
        self._more.show()

    def said_of_others(self) -> str:
        """Return what is said of the errors that came later, "" for none."""
        return self._more.text()

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details())
        self.copy.setText(self.tr("Copied"))


def more_errors(n: int) -> str:
    one = _translate("CrashDialog", "{n} more error came since; it is in the log.", None, n)
    many = _translate("CrashDialog", "{n} more errors came since; they are in the log.", None, n)
    return words.counted(one if n == 1 else many, n)
