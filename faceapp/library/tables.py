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

# Fact; only ``person_id`` is a copy of a decision, kept here for speed and made anew from ``confirmation``.
# Ids are never used twice: caches are keyed by them.
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
    Column("person_id", Integer, ForeignKey("person.id", ondelete="SET NULL")),
    sqlite_autoincrement=True,
)
Index("face_photo", face.c.photo_id, face.c.score)
Index("face_person", face.c.person_id, face.c.photo_id, face.c.norm, sqlite_where=face.c.person_id.is_not(None))

# Fact. One vector a face and model, apart from the faces so that scans of these stay short.
embedding = Table(
    "embedding",
    metadata,
    Column("face_id", Integer, ForeignKey("face.id", ondelete="CASCADE"), primary_key=True, nullable=False),
    Column("model", Text, primary_key=True, nullable=False),
    Column("vector", LargeBinary, nullable=False),  # little-endian float16
    Column("crc32", Integer, nullable=False),  # of ``vector``: SQLite does not notice damaged bytes
)

# Decision. ``key`` is the name without case, in every script (SQLite's NOCASE knows only ASCII).
person = Table(
    "person",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("key", Text, nullable=False, unique=True),
    Column("created", Text, nullable=False),  # UTC, ISO 8601
    sqlite_autoincrement=True,
)

# Decision: in a picture of this content, the face in this box is this person. Never a row id of a face.
confirmation = Table(
    "confirmation",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", Integer, ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
    Column("content_hash", LargeBinary, nullable=False),
    Column("x", Float, nullable=False),
    Column("y", Float, nullable=False),
    Column("w", Float, nullable=False),
    Column("h", Float, nullable=False),
    Column("created", Text, nullable=False),  # UTC, ISO 8601
    sqlite_autoincrement=True,
)
Index("confirmation_content", confirmation.c.content_hash)
Index("confirmation_person", confirmation.c.person_id)
