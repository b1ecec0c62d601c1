"""Asks what only the user knows. An answer is written in the background while the next question shows already."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from faceapp.errors import FaceappError
from faceapp.ports import Services
from faceapp.ports_people import PeopleStore
from faceapp.types import Naming
from faceapp.types_people import Answer, Change, Question, QuestionKind
from faceapp.ui.people import review_words
from faceapp.ui.people.review_words import SHOWN
from faceapp.ui.people.sharpening import Sharpening
from faceapp.ui.pixmaps import PixmapCache, PixmapKey
from faceapp.ui.session import Overview, Session, sentence
from faceapp.ui.tasks import Tasks
from faceapp.ui.widgets.review_page import ReviewPage

LIMIT = 500  # questions looked for at once
AHEAD = 50  # answers that the forecast is for


@dataclass(slots=True, eq=False)
class _Given:
    """An answer of this session."""

    question: Question
    answer: Answer
    name: str
    taken_back: bool = False
    step_id: int | None = None  # of the ledger, once it is written


class Reviewing(QObject):
    """Fills the page of questions. GUI thread only; what it writes is written in the order of the answers.

    A question that is skipped comes again after all others, and not a third time while the page is shown.
    """

    ended = Signal()  # the user wants to do something else
    said = Signal(str)  # for the status strip
    why_requested = Signal(object, object)  # face id, person id
    photo_requested = Signal(object)  # face id

    def __init__(self, page: ReviewPage, session: Session, pixmaps: PixmapCache, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._page = page
        self._session = session
        self._pixmaps = pixmaps
        self._tasks = tasks
        self._sharpening = Sharpening(session, tasks, self)
        self._unwritten: deque[_Given] = deque()  # a taken back one is undone
        self._writing = False
        self._soon = QTimer(self, singleShot=True, interval=0)  # what is asked for twice at once is done once
        self._soon.timeout.connect(self._look)
        self._begin()
        page.answered.connect(self.answer)
        page.take_back_requested.connect(self.take_back)
        page.end_requested.connect(self.end)
        page.why_requested.connect(self._on_why)
        page.photo_requested.connect(self.photo_requested)
        page.left.connect(self._begin)
        pixmaps.loaded.connect(self._on_pixmap)
        self._sharpening.ready.connect(self._on_sharp)
        session.overview_changed.connect(self._on_overview)
        session.opened.connect(self._begin)

    @Slot()
    def _begin(self) -> None:
        """Begin anew: what was skipped is asked again."""
        self._shown: Question | None = None
        self._next: deque[Question] = deque()
        self._past: list[_Given] = []
        self._skipped: dict[str, int] = {}  # how often, by key
        self._answered: set[str] = set()  # keys
        self._share, self._ahead = 0.0, 0
        self._looked = False
        self._person_id: int | None = None  # whom to ask about first
        self._page.set_last("")
        self._page.set_can_take_back(False)

    def prefer(self, person_id: int) -> None:
        """Ask about a person first, while the page is shown."""
        self._person_id = person_id
        self._next = self._ordered(self._next)

    def _ordered(self, questions: Iterable[Question]) -> deque[Question]:
        """Return questions with those about the preferred person first."""
        wanted = self._person_id
        return deque(sorted(questions, key=lambda q: wanted is None or wanted not in (q.person_id, q.other_person_id)))

    @property
    def asked(self) -> tuple[int, int | None] | None:
        """Return the face that is asked about and the person it may be, None if nothing is asked."""
        return (self._shown.faces[0], self._shown.person_id) if self._shown is not None else None

    @property
    def idle(self) -> bool:
        """Return whether every answer was written."""
        return not self._writing and not self._unwritten

    @Slot()
    def load(self) -> None:
        """Look for questions, at first and whenever the library changed; the one that is shown stays."""
        if not self._session.is_open:
            return
        if self._shown is None and not self._looked:
            self._page.show_message(review_words.looking())
        self._soon.start()

    @Slot()
    def _look(self) -> None:
        if self.idle and self._session.is_open:  # else it is done after the last answer
            self._tasks.run(
                partial(_find, self._session.services, dict(self._skipped)),
                done=self._on_questions,
                failed=self._on_look_failed,
                key="review",
            )

    @Slot()
    def end(self) -> None:
        """Stop asking; what was answered stays."""
        if answered := self._count():
            self.said.emit(review_words.answered(answered))
        self.ended.emit()

    # Questions

    def _on_questions(self, found: tuple[list[Question], float, int]) -> None:
        questions, self._share, self._ahead = found
        shown = self._shown.key if self._shown is not None else None
        self._looked = self.idle  # else what was answered meanwhile changes it
        self._next = self._ordered(q for q in questions if q.key != shown and q.key not in self._answered)
        if self._shown is None:
            self._advance()
        else:
            self._prepare()

    def _on_look_failed(self, error: Exception) -> None:
        self._looked = True
        if self._shown is None:
            self._page.show_message(self.tr("No question could be found"), sentence(error))
        else:
            self._page.set_last(sentence(error), bad=True)

    def _advance(self) -> None:
        self._show(self._next.popleft() if self._next else None)

    def _show(self, question: Question | None) -> None:
        self._shown = question
        if question is None:
            if self._looked:
                twice = sum(1 for times in self._skipped.values() if times > 1)
                self._page.show_message(*review_words.nothing_left(self._count(), twice))
            else:
                self._page.show_message(review_words.looking())
            return
        self._page.show_question(question)
        self._prepare()

    def _prepare(self) -> None:
        """Fill in what the shown question lacks, and have the pictures of the next one ready."""
        following = self._next[0] if self._next else None
        for question in (self._shown, following):
            for face_id in (*question.faces[:SHOWN], *question.examples[:SHOWN]) if question is not None else ():
                pixmap = self._pixmaps.get(("face", face_id))
                if pixmap is not None and question is self._shown:
                    self._page.put(face_id, pixmap)
        self._sharpening.want([q.faces[0] for q in (self._shown, following) if q is not None and len(q.faces) == 1])
        answered = self._count()
        total = answered + len(self._next) + (self._shown is not None)
        self._page.set_place(review_words.place(answered + 1, total, self._ahead, self._share), answered, total)

    def _count(self) -> int:
        return sum(1 for given in self._past if given.answer is not Answer.SKIP)

    @Slot(object)
    def _on_pixmap(self, key: PixmapKey) -> None:
        if key[0] == "face" and self._shown is not None:
            pixmap = self._pixmaps.get(key) if key[1] in (*self._shown.faces, *self._shown.examples) else None
            if pixmap is not None:
                self._page.put(key[1], pixmap)

    @Slot()
    def _on_sharp(self) -> None:
        if self._shown is not None:
            pixmap = self._sharpening.pixmap(self._shown.faces[0])
            if pixmap is not None:
                self._page.put(self._shown.faces[0], pixmap, sharp=True)

    @Slot(object)
    def _on_overview(self, overview: Overview) -> None:
        self._page.set_people(overview.people)

    @Slot(object)
    def _on_why(self, face_id: int) -> None:
        self.why_requested.emit(face_id, self._shown.person_id if self._shown is not None else None)

    # Answers

    @Slot(object, str)
    def answer(self, answer: Answer, name: str = "") -> None:
        """Note the answer to the question that is shown and show the next one."""
        question = self._shown
        if question is None or (question.kind is QuestionKind.NAME and answer is Answer.YES and not name):
            return
        given = _Given(question, answer, name)
        self._past.append(given)
        self._page.set_last(review_words.given(question, answer, name))
        self._page.set_can_take_back(True)
        if answer is Answer.SKIP:
            times = self._skipped[question.key] = self._skipped.get(question.key, 0) + 1
            if times == 1:
                self._next.append(question)
        else:
            self._answered.add(question.key)
            self._looked = False  # it may settle other questions, or raise new ones
            self._unwritten.append(given)
        self._advance()
        self._write()

    @Slot()
    def take_back(self) -> None:
        """Ask the last question again; what was written of it is undone."""
        if not self._past:
            return
        given = self._past.pop()
        question = given.question
        if given.answer is Answer.SKIP:
            self._skipped[question.key] -= 1
        else:
            self._answered.discard(question.key)
            given.taken_back = True
            if given in self._unwritten:
                self._unwritten.remove(given)
            else:
                self._unwritten.append(given)
        if self._shown is not None:
            self._next.appendleft(self._shown)
        self._next = deque(q for q in self._next if q.key != question.key)
        last = self._past[-1] if self._past else None
        self._page.set_last(review_words.given(last.question, last.answer, last.name) if last is not None else "")
        self._page.set_can_take_back(last is not None)
        self._show(question)
        self._write()

    def _write(self) -> None:
        """Write the next answer that waits; one at a time, so that they are written in their order."""
        if self._writing or not self._unwritten or not self._session.is_open:
            return
        given = self._unwritten.popleft()
        self._writing = True
        review = self._session.services.review

        def act(store: PeopleStore) -> Change | None:
            if undoing:
                return _undo(store, given.step_id)
            return review.answer(given.question, given.answer, given.name)

        undoing = given.taken_back
        self._session.decide(act, partial(self._on_not_written, given, undoing), partial(self._on_written, given))

    def _on_written(self, given: _Given, change: Naming | Change | None) -> None:
        self._writing = False
        if isinstance(change, Change):
            given.step_id = change.step.id
        self._write()
        if self._page.isVisible():
            self.load()

    def _on_not_written(self, given: _Given, undoing: bool, error: Exception) -> None:
        self._writing = False
        if undoing:
            self._page.set_last(sentence(error), bad=True)
        else:
            if given in self._past:
                self._past.remove(given)
            self._answered.discard(given.question.key)
            self._skipped.setdefault(given.question.key, 1)  # asked again, but not at once
            self._page.set_last(review_words.not_written(given.question, sentence(error)), bad=True)
            self._page.set_can_take_back(bool(self._past))
        self._write()
        if self._page.isVisible():
            self.load()


def _find(services: Services, skipped: dict[str, int]) -> tuple[list[Question], float, int]:
    """Return questions, those skipped once at the end, and what the first answers would settle; on a worker."""
    review = services.review
    once = {key for key, times in skipped.items() if times == 1}
    twice = {key for key, times in skipped.items() if times > 1}
    questions = review.questions(LIMIT, skip=once | twice)
    if once and len(questions) < LIMIT:
        rest = review.questions(LIMIT, skip=twice)
        questions = [*questions, *(question for question in rest if question.key in once)]
    ahead = questions[:AHEAD]
    return questions, review.forecast(ahead) if ahead else 0.0, len(ahead)


def _undo(store: PeopleStore, step_id: int | None) -> Change | None:
    """Undo a step if nothing was done since, on a worker."""
    if step_id is None:  # the answer changed nothing
        return None
    last = next((step for step in store.history() if not step.undone), None)
    if last is None or last.id != step_id:
        raise FaceappError(review_words.not_last())
    return store.undo()
