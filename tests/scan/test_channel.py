from __future__ import annotations

import threading

import pytest

from faceapp.jobs import start_thread
from faceapp.scan.channel import Channel, Closed


def test_items_come_out_in_order_and_capacity_holds() -> None:
    channel: Channel[int] = Channel(2)
    assert channel.offer(1)
    channel.put(2)
    assert not channel.offer(3)
    assert [channel.take(), channel.take()] == [1, 2]
    with pytest.raises(TimeoutError):
        channel.take(timeout=0.01)


def test_clear_says_how_many_were_dropped() -> None:
    channel: Channel[int] = Channel(3)
    channel.put(1)
    channel.put(2)
    assert channel.clear() == 2
    assert channel.offer(3)
    assert channel.take() == 3


@pytest.mark.parametrize("full", [True, False])
def test_close_wakes_whoever_waits(full: bool) -> None:
    channel: Channel[int] = Channel(1)
    begun, woken = threading.Event(), threading.Event()
    if full:
        channel.put(1)

    def wait() -> None:
        begun.set()
        try:
            channel.put(2) if full else channel.take()
        except Closed:
            woken.set()

    thread = start_thread("scan-waits", wait)
    assert begun.wait(10)
    channel.close()
    assert woken.wait(10)
    thread.join(10)
    with pytest.raises(Closed):
        channel.offer(1)
    with pytest.raises(Closed):
        channel.take()


def test_a_taken_item_makes_room_for_a_waiting_put() -> None:
    channel: Channel[int] = Channel(1)
    channel.put(1)
    thread = start_thread("scan-puts", lambda: channel.put(2))
    assert [channel.take(10), channel.take(10)] == [1, 2]
    thread.join(10)
