"""The recognition models of the open library: listing, adding, preparing, comparing, changing over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from faceapp.jobs import CancelToken
from faceapp.types import Disagreement, EmbedderInfo, ModelState, ReembedProgress
from faceapp.ui import model_words, words
from faceapp.ui.job import Job
from faceapp.ui.pixmaps import PixmapCache, PixmapKey
from faceapp.ui.session import Session, sentence
from faceapp.ui.tasks import Tasks
from faceapp.ui.widgets.models_page import ModelsPage

_PAIRS = 60  # shown of a comparison: as many as anyone looks at


class Modelling(QObject):
    """Fills the page of models and does what is asked on it. GUI thread only."""

    said = Signal(str)  # for the status strip
    switching = Signal()  # the library is about to be opened with another model: searches end

    def __init__(self, window: QWidget, page: ModelsPage, session: Session, pixmaps: PixmapCache, tasks: Tasks) -> None:
        super().__init__(window)
        self._window = window
        self._page = page
        self._session = session
        self._pixmaps = pixmaps
        self._tasks = tasks
        self._models: dict[str, EmbedderInfo] = {}
        self._job = Job("embed", self)
        self._preparing = ""  # a model's id
        self._progress = ReembedProgress(0, 0, 0, 0.0)
        page.add_requested.connect(self.choose)
        page.form.confirmed.connect(self._add)
        page.prepare_requested.connect(self._prepare)
        page.use_requested.connect(self._use)
        page.compare_requested.connect(self._compare)
        page.drop_requested.connect(self._drop)
        page.pause_toggled.connect(self._job.set_paused)
        page.stop_requested.connect(self._job.stop)
        self._job.changed.connect(self._show_progress)
        self._job.progressed.connect(self._on_progress)
        self._job.ended.connect(self._on_prepared)
        self._job.stopped.connect(self.load)
        self._job.failed.connect(self._on_failure)
        pixmaps.loaded.connect(self._on_pixmap)
        session.closing.connect(self._job.stop)
        session.users.append(lambda: self._job.running)

    @property
    def running(self) -> bool:
        return self._job.running

    def close(self) -> None:
        """The window is closed: what was prepared so far is kept."""
        self._job.close()

    @Slot()
    def load(self) -> None:
        """List the models anew."""
        if self._session.is_open and not self._session.reopening:
            services = self._session.services
            self._tasks.run(
                lambda: services.embedders.listed(), done=self._on_listed, failed=self._on_failure, key="models"
            )

    def _on_listed(self, models: Sequence[EmbedderInfo]) -> None:
        self._models = {info.id: info for info in models}
        self._page.set_models(models)
        self._page.set_busy("")
        self._show_progress()

    def _on_failure(self, error: Exception) -> None:
        self._page.set_busy("")
        self._show_progress()
        self._page.set_error(sentence(error))

    def _begin(self, doing: str) -> None:
        self._page.set_error("")
        self._page.set_busy(doing)

    def _name(self, model_id: str) -> str:
        return self._models[model_id].name if model_id in self._models else model_id

    # Adding

    @Slot()
    def choose(self) -> None:
        """Ask for a model's file."""
        kinds = self.tr("Models (*.onnx);;All files (*)")
        chosen, _ = QFileDialog.getOpenFileName(self._window, self.tr("Add a recognition model"), "", kinds)
        if chosen:
            self.propose(Path(chosen))

    def propose(self, path: Path) -> None:
        """Look at a file and ask whether what was found out about it is right."""
        self._begin(self.tr("Trying out {file}…").replace("{file}", words.printable(path.name)))
        embedders = self._session.services.embedders
        self._tasks.run(
            partial(embedders.propose, path),
            done=partial(self._on_proposed, path),
            failed=self._on_failure,
            key="model",
            owner=self,
        )

    def _on_proposed(self, path: Path, contract: Mapping[str, object]) -> None:
        self._page.set_busy("")
        self._page.show_list()
        self._page.form.show_proposal(path, contract)

    @Slot(object, object)
    def _add(self, path: Path, contract: Mapping[str, object]) -> None:
        self._page.form.set_busy(True)
        embedders = self._session.services.embedders
        self._tasks.run(
            partial(embedders.add, path, contract),
            done=self._on_added,
            failed=self._on_refused,
            key="model",
            owner=self,
        )

    def _on_added(self, info: EmbedderInfo) -> None:
        self._page.form.hide()
        self.said.emit(self.tr("{name} is added. Prepare it to try it out.").replace("{name}", info.name))
        self.load()

    def _on_refused(self, error: Exception) -> None:
        self._page.form.set_busy(False)
        self._page.form.set_error(sentence(error))

    # Preparing

    @Slot(str)
    def _prepare(self, model_id: str) -> None:
        if self._job.running:
            return
        self._page.set_error("")
        self._preparing = model_id
        self._progress = ReembedProgress(0, 0, 0, 0.0)
        embedders = self._session.services.embedders

        def work(cancel: CancelToken, progress: object) -> object:
            return embedders.embed_all(model_id, cancel=cancel, progress=progress)  # type: ignore[arg-type]

        self._job.start(work)

    @Slot(object)
    def _on_progress(self, progress: ReembedProgress) -> None:
        if self._job.running:
            self._progress = progress
            self._show_progress()

    @Slot()
    def _show_progress(self) -> None:
        running = self._job.running
        self._page.set_progress(self._preparing, self._progress if running else None, paused=self._job.paused)

    @Slot(object)
    def _on_prepared(self, done: object) -> None:
        progress = cast(ReembedProgress, done)
        name = self._name(self._preparing)
        self.said.emit(self.tr("{name} is prepared.").replace("{name}", name))
        if progress.failed:
            self._page.set_error(model_words.not_prepared(progress.failed))
        self.load()

    # Changing over

    @Slot(str)
    def _use(self, model_id: str) -> None:
        self._begin(self.tr("Opening the library with {name}…").replace("{name}", self._name(model_id)))
        embedders = self._session.services.embedders
        self._tasks.run(
            partial(embedders.use, model_id), done=self._on_used, failed=self._on_failure, key="model", owner=self
        )

    def _on_used(self, _: None) -> None:
        self.switching.emit()
        self._session.reopen()

    @Slot(str)
    def _drop(self, model_id: str) -> None:
        self._begin(self.tr("Deleting the vectors of {name}…").replace("{name}", self._name(model_id)))
        embedders = self._session.services.embedders
        self._tasks.run(
            partial(embedders.drop, model_id), done=self._on_dropped, failed=self._on_failure, key="model", owner=self
        )

    def _on_dropped(self, count: int) -> None:
        self.said.emit(self.tr("Deleted: {vectors}").replace("{vectors}", model_words.vectors_short(count)))
        self.load()

    # Comparing

    @Slot(str)
    def _compare(self, model_id: str) -> None:
        self._begin(self.tr("Comparing {name} with the model in use…").replace("{name}", self._name(model_id)))
        embedders = self._session.services.embedders
        self._tasks.run(
            partial(embedders.compare, model_id, _PAIRS),
            done=partial(self._on_compared, model_id),
            failed=self._on_failure,
            key="model",
            owner=self,
        )

    def _on_compared(self, model_id: str, pairs: Sequence[Disagreement]) -> None:
        self._page.set_busy("")
        old = next((info.name for info in self._models.values() if info.state is ModelState.IN_USE), "")
        view = self._page.comparison
        view.show_pairs(old, self._name(model_id), pairs)
        self._page.show_comparison()
        for face_id in view.face_ids():
            pixmap = self._pixmaps.get(("face", face_id))
            if pixmap is not None:
                view.set_pixmap(face_id, pixmap)

    @Slot(object)
    def _on_pixmap(self, key: PixmapKey) -> None:
        pixmap = self._pixmaps.get(key) if key[0] == "face" and self._page.comparison.isVisible() else None
        if pixmap is not None:
            self._page.comparison.set_pixmap(key[1], pixmap)
