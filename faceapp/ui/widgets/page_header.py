"""What stands above the grid on pages of people: a header for people and groups, one for a person, one for a group."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Slot
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from faceapp.ui.page_content import GROUP_ORDERS, PEOPLE_ORDERS, PERSON_ORDERS, Order
from faceapp.ui.widgets.people_header import PeopleHeader
from faceapp.ui.widgets.person_header import GroupHeader, PersonHeader

_NARROWEST = 440


class PageHeader(QStackedWidget):
    """As high as the header that it shows; hidden on other pages."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.people = PeopleHeader([(order, _words(order)) for order in PEOPLE_ORDERS])
        self.person = PersonHeader([(order, _words(order)) for order in PERSON_ORDERS])
        self.group = GroupHeader([(order, _words(order)) for order in GROUP_ORDERS])
        self._headers = (self.people, self.person, self.group)
        for header in self._headers:
            self.addWidget(header)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.currentChanged.connect(self._fit)
        self._fit()
        self.hide()

    def minimumSizeHint(self) -> QSize:
        """The headers give way themselves."""
        return QSize(_NARROWEST, super().minimumSizeHint().height())

    @Slot()
    def _fit(self) -> None:
        """Only the header that is shown counts, or the highest would set the height, the widest the width."""
        for header in self._headers:
            counts = header is self.currentWidget()
            policy = QSizePolicy.Policy.Preferred if counts else QSizePolicy.Policy.Ignored
            header.setSizePolicy(policy, policy)
        self.updateGeometry()


def _words(order: Order) -> str:
    return {
        "photos": QCoreApplication.translate("people", "Most photos"),
        "name": QCoreApplication.translate("people", "Name"),
        "recent": QCoreApplication.translate("people", "Recently seen"),
        "newest": QCoreApplication.translate("people", "Newest first"),
        "typical": QCoreApplication.translate("people", "Most typical first"),
        "odd": QCoreApplication.translate("people", "Least alike first"),
    }[order]
