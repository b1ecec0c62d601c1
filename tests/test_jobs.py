"""The cancel token and the threads of the pipeline."""

from __future__ import annotations

import threading

import pytest

from faceapp.jobs import Cancelled, CancelToken, start_thread


def test_a_fresh_token_lets_work_go_on() -> None:
    token = CancelToken()
    token.check()
    assert not token.cancelled
    assert not token.paused


def test_a_cancelled_token_stops_work() -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        token.check()


@pytest.mark.parametrize("cancel", [True, False])
def test_a_paused_job_waits_and_ends_when_resumed_or_cancelled(cancel: bool) -> None:
    token = CancelToken()
    token.pause()
    waiting, went_on = threading.Event(), threading.Event()

    def work() -> None:
        waiting.set()
        try:
            token.check()
        except Cancelled:
            return
        went_on.set()

    thread = start_thread("paused", work, background=True)
    assert waiting.wait(5)
    assert thread.name == "paused"
    assert thread.daemon
    assert not went_on.is_set()
    if cancel:
        token.cancel()
    else:
        token.resume()
    thread.join(5)
    assert not thread.is_alive()
    assert went_on.is_set() is not cancel
