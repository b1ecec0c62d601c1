"""What can go wrong with a child process, apart from what its work itself raises."""

from __future__ import annotations

from faceapp.errors import FaceappError


class ChildError(FaceappError):
    """The child that worked on a request did not live to answer it: the request is to blame, most likely.

    ``how`` goes on from "a child process", or "it".
    """

    def __init__(self, how: str) -> None:
        super().__init__(f"A child process {how}.")
        self.how = how


class ChildDied(ChildError):  # noqa: N818 - reads as what happened
    """It crashed, or was ended from outside. ``killed``: by SIGKILL, as the system does when memory runs out."""

    def __init__(self, how: str, *, killed: bool = False) -> None:
        super().__init__(how)
        self.killed = killed


class ChildTimedOut(ChildError):  # noqa: N818
    """It took longer than a request may."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"took longer than {seconds:g} seconds")
        self.seconds = seconds


class ChildTooLarge(ChildError):  # noqa: N818
    """It took more memory than a child may."""

    def __init__(self, memory_bytes: int) -> None:
        super().__init__(f"needed more than {memory_bytes / (1 << 30):.2g} GB of memory")
        self.memory_bytes = memory_bytes


class ChildrenBroken(FaceappError):  # noqa: N818
    """Children die as soon as they start: no request is to blame, and none can be answered."""

    def __init__(self, how: str) -> None:
        super().__init__(
            f"The part of Faceapp that opens pictures does not start (its process {how}). "
            "Close other programs and start Faceapp again; if that does not help, install it anew."
        )


class PoolClosed(FaceappError):  # noqa: N818
    """The pool was closed while, or before, a request was worked on."""

    def __init__(self) -> None:
        super().__init__("Faceapp is closing.")
