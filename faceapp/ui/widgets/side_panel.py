"""The right panel: the photo that is looked at, or on pages of people who somebody is."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from faceapp.ui.widgets.inspector import Inspector
from faceapp.ui.widgets.person_panel import PersonPanel


class SidePanel(QStackedWidget):
    """Shows one of two panels in the same place."""

    def __init__(self, inspector: Inspector, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.inspector = inspector
        self.person = PersonPanel()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.addWidget(inspector)
        self.addWidget(self.person)

    def show_person(self, person: bool) -> None:
        self.setCurrentWidget(self.person if person else self.inspector)
