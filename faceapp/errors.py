"""Two kinds of error: the environment's, which the user can act on, and ours, which are bugs.

Every ``FaceappError`` carries one sentence or two that say what happened, to which
file, and what to do. They are shown to the user as they stand.
"""


class FaceappError(Exception):
    """The environment's error: tell the user what to do. ``str(error)`` is the sentence."""


class PhotoError(FaceappError):
    """A picture cannot be read: unreadable, too large, not a picture. The scan goes on without it."""


class ModelError(FaceappError):
    """A model file is missing, damaged or does not fit its contract."""


class LibraryError(FaceappError):
    """The library folder or its database cannot be used."""


class LibraryLockedError(LibraryError):
    """Another running copy of Faceapp writes to this library."""


class LibraryTooNewError(LibraryError):
    """The database was written by a newer version of Faceapp."""


class NoFaceError(FaceappError):
    """A query picture shows no face."""
