"""When a scan waits and when it ends: the user's token and the scan's own end, in one place to ask."""

from __future__ import annotations

import threading

from faceapp.jobs import CancelToken


class Control:
    """Safe from any thread."""

    def __init__(self, token: CancelToken) -> None:
        self._token = token
        self._stopped = threading.Event()

    @property
    def halted(self) -> bool:
        return self._stopped.is_set() or self._token.cancelled

    @property
    def cancelled(self) -> bool:
        return self._token.cancelled

    @property
    def paused(self) -> bool:
        return self._token.paused

    @property
    def gentle(self) -> bool:
        return self._token.gentle

    def stop(self) -> None:
        """End the scan, whatever the user's token says."""
        self._stopped.set()

    def wait_while_paused(self) -> bool:
        """Wait; return whether to go on. Not ``CancelToken.check``, which only its owner could wake."""
        while self._token.paused and not self.halted:
            self._stopped.wait(0.1)
        return not self.halted
