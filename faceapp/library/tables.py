"""The tables. *Facts* can be rebuilt from the photos; *decisions* cannot and must survive.

``migrations`` creates and changes them; a test holds both to the same schema.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Computed,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData()

# What the library says of itself: its id, that ties caches to it.
meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True, nullable=False),
    Column("value", Text, nullable=False),
)

# Fact. ``path`` is absolute, as the operating system's bytes (``os.fsencode``): a name need not be valid text.
folder = Table(
    "folder",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("path", LargeBinary, nullable=False, unique=True),
    sqlite_autoincrement=True,
)

# Fact, and the queue of the scan: a photo waits, was read, could not be read or is missing.
photo = Table(
    "photo",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("folder_id", Integer, ForeignKey("folder.id", ondelete="CASCADE"), nullable=False),
    Column("path", LargeBinary, nullable=False),  # relative to the folder, os.fsencode
    Column("size", Integer, nullable=False),  # bytes
    Column("mtime_ns", Integer, nullable=False),
    Column("content_hash", LargeBinary),  # sha256, 32 bytes; NULL until the file was read as it is now
    Column("width", Integer, nullable=False),  # upright pixels; 0 until the photo was read
    Column("height", Integer, nullable=False),
    Column("taken_us", Integer),  # naive local time as microseconds since 1970-01-01T00:00
    Column("camera", Text),
    Column("state", Text, nullable=False),  # types.PhotoState
    Column("reason", Text),  # why it failed
    Column("attempts", Integer, nullable=False),  # reads since the file last changed
    # What "newest first" sorts by: the date taken, else the file's.
    Column("shown_us", Integer, Computed("coalesce(taken_us, mtime_ns / 1000)", persisted=False)),
    Column("missing_since", Text),  # UTC, ISO 8601; NULL unless the file is missing
    # While ``content_hash`` is NULL, the content that the facts kept here are of: the file has changed since then.
    Column("earlier_hash", LargeBinary),
    Column("ignored", Integer, nullable=False, server_default=text("0")),  # 1: not a problem until the file changes
    UniqueConstraint("folder_id", "path"),
    sqlite_autoincrement=True,
)
Index("photo_newest", photo.c.state, photo.c.shown_us)
Index("photo_content", photo.c.content_hash, sqlite_where=photo.c.content_hash.is_not(None))
Index("photo_size", photo.c.size)
Index("photo_folder", photo.c.folder_id, photo.c.state, photo.c.ignored)

# Fact. Ids are never used twice: caches are keyed by them.
face = Table(
    "face",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("photo_id", Integer, ForeignKey("photo.id", ondelete="CASCADE"), nullable=False),
    Column("x", Float, nullable=False),  # box as fractions of the upright photo
    Column("y", Float, nullable=False),
    Column("w", Float, nullable=False),
    Column("h", Float, nullable=False),
    Column("landmarks", LargeBinary, nullable=False),  # five (x, y) as little-endian float32
    Column("score", Float, nullable=False),  # detector confidence, 0 to 1
    Column("size_px", Float, nullable=False),
    Column("sharpness", Float, nullable=False),
    Column("norm", Float, nullable=False),
    Column("yaw", Float, nullable=False),
    sqlite_autoincrement=True,
)
Index("face_photo", face.c.photo_id, face.c.score)

# A copy of decisions: what holds for the faces that lie in a place. Made anew from ``decision`` (ledger/settling.py).
# Apart from the wide rows of faces so that naming many writes little; without keys of ``place`` and ``person``, for
# the same reason: ``doctor`` compares. ``photo_id`` and ``norm`` are copies, for the page of all people.
decided = Table(
    "decided",
    metadata,
    Column("face_id", Integer, ForeignKey("face.id", ondelete="CASCADE"), primary_key=True),
    Column("photo_id", Integer, nullable=False),
    Column("place_id", Integer, nullable=False),
    Column("person_id", Integer),
    Column("hidden", Text),  # types.HideReason
    Column("norm", Float, nullable=False),
)
Index(
    "decided_person",
    decided.c.person_id,
    decided.c.photo_id,
    decided.c.norm,
    sqlite_where=decided.c.person_id.is_not(None),
)
Index("decided_place", decided.c.place_id)
Index("decided_hidden", decided.c.hidden, sqlite_where=decided.c.hidden.is_not(None))

# Fact. One vector a face and model, apart from the faces so that scans of these stay short.
embedding = Table(
    "embedding",
    metadata,
    Column("face_id", Integer, ForeignKey("face.id", ondelete="CASCADE"), primary_key=True, nullable=False),
    Column("model", Text, primary_key=True, nullable=False),
    Column("vector", LargeBinary, nullable=False),  # little-endian float16
    Column("crc32", Integer, nullable=False),  # of ``vector``: SQLite does not notice damaged bytes
)
# Which vectors there are, without them: the table has a kilobyte for each. The face comes first, for SQLite would take
# a model for rare, and begin every query there.
Index("embedding_listing", embedding.c.face_id, embedding.c.model, embedding.c.crc32)

# A copy of decisions: the people that there are now. Made anew from ``decision``; an id stays a person's for ever.
# ``key`` is the name without case, in every script (SQLite's NOCASE knows only ASCII).
person = Table(
    "person",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("key", Text, nullable=False, unique=True),
    Column("created", Text, nullable=False),  # UTC, ISO 8601
    Column("born", Text),  # ISO 8601 date
    Column("cover_id", Integer, ForeignKey("place.id", ondelete="SET NULL")),
    sqlite_autoincrement=True,
)

# Decision: where in a picture of this content the faces lie that something was decided about. Never a row id of a face.
place = Table(
    "place",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("content_hash", LargeBinary, nullable=False),
    Column("x", Float, nullable=False),
    Column("y", Float, nullable=False),
    Column("w", Float, nullable=False),
    Column("h", Float, nullable=False),
    sqlite_autoincrement=True,
)
Index("place_content", place.c.content_hash)

# Decision: one thing the user did. Undone steps hold no more; they are kept until the next step, to be redone.
step = Table(
    "step",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("verb", Text, nullable=False),  # types_people.Verb
    Column("created", Text, nullable=False),  # UTC, ISO 8601
    Column("undone", Integer, nullable=False, server_default=text("0")),
    Column("faces", Integer, nullable=False),  # that it was said of
    Column("people", Text, nullable=False),  # their names at that time, as a JSON list
    Column("note", Text, nullable=False, server_default=text("''")),
    sqlite_autoincrement=True,
)

# Decision: what a step said. The ledger: rows are only ever added, or go with their step; what holds is what the
# steps that are not undone said last. ``kind`` is a ledger.holds.Kind.
decision = Table(
    "decision",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("step_id", Integer, ForeignKey("step.id", ondelete="CASCADE"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("place_id", Integer, ForeignKey("place.id")),
    Column("other_id", Integer, ForeignKey("place.id")),
    Column("person_id", Integer),  # no key of ``person``: that one holds only people who are there now
    Column("other_person_id", Integer),
    Column("value", Text),
)
Index("decision_step", decision.c.step_id)
Index("decision_place", decision.c.place_id, decision.c.kind, decision.c.step_id)
Index("decision_other", decision.c.other_id, sqlite_where=decision.c.other_id.is_not(None))
Index("decision_person", decision.c.person_id, decision.c.kind, sqlite_where=decision.c.person_id.is_not(None))
Index("decision_people", decision.c.kind, sqlite_where=decision.c.place_id.is_(None))

# Cache: who the faces without a name seem to be. Made anew by grouping; faces that it says nothing of have no row, nor
# have faces that the user decided about (ledger/settling.py). ``photo_id`` is a copy, for the page of all people.
membership = Table(
    "membership",
    metadata,
    Column("face_id", Integer, ForeignKey("face.id", ondelete="CASCADE"), primary_key=True),
    Column("photo_id", Integer, nullable=False),
    Column("group_id", Integer, nullable=False),  # 0: in no group
    Column("person_id", Integer, ForeignKey("person.id", ondelete="SET NULL")),
    Column("standing", Integer, nullable=False),  # types.Standing
    Column("score", Float, nullable=False),
    Column("margin", Float, nullable=False),
    Column("runner_up", Integer),  # a person
)
Index(
    "membership_group",
    membership.c.group_id,
    membership.c.photo_id,
    membership.c.score,
    sqlite_where=membership.c.group_id > 0,
)
Index(
    "membership_person",
    membership.c.person_id,
    membership.c.standing,
    membership.c.photo_id,
    membership.c.score,
    sqlite_where=membership.c.person_id.is_not(None),
)
