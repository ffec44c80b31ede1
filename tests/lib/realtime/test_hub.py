"""From an announced event to sockets: who gets it, in which order, and what a slow reader costs."""

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from websockets.frames import Frame, Opcode
from websockets.streams import StreamReader

from lib.realtime import broker, send_buffer
from lib.realtime.frames import encode_text_frame
from lib.realtime.hub import Event, Hub, Moment, get_current_hub, get_current_moment, hubs
from lib.realtime.publisher import Gathering, announce_once, publish
from lib.realtime.send_buffer import QueueSendBuffer


class Ear:
    """A socket that keeps what it is handed."""

    def __init__(self) -> None:
        self.topics = set()
        self.heard = []
        self.writes = 0
        self.closed = None
        self.refreshed = False

    def push(self, payloads: list[bytes], frames: bytes) -> None:
        assert frames == b"".join(map(encode_text_frame, payloads))
        self.heard += payloads
        self.writes += 1

    def close(self, code: int) -> None:
        self.closed = code

    def reauthorise(self) -> None:
        self.refreshed = True

    def refresh_audience(self) -> None:
        self.met = True

    def reannounce_presence(self) -> None:
        self.insisted = True

    def resynchronise(self) -> None:
        self.welcomed = True


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    monkeypatch.setattr(broker, "connects_processes", lambda: False)
    loop = asyncio.new_event_loop()
    yield Hub(loop)
    loop.close()


def listening(hub: Hub, *topics: Any) -> Ear:
    ear = Ear()
    hub.join(ear, topics)
    return ear


def test_a_frame_reaches_those_on_its_topic_only(hub: Hub) -> None:
    inside, outside = listening(hub, "room:1"), listening(hub, "room:2")

    hub.deliver([Event("room:1", b"hi")])

    assert (inside.heard, outside.heard) == ([b"hi"], [])


def test_frames_in_a_row_for_one_topic_are_one_write_per_socket(hub: Hub) -> None:
    ear = listening(hub, "room:1")

    hub.deliver([Event("room:1", b"a"), Event("room:1", b"b"), Event("room:2", b"c"), Event("room:1", b"d")])

    assert ear.heard == [b"a", b"b", b"d"]
    assert ear.writes == 2


def test_a_socket_on_several_topics_is_told_once(hub: Hub) -> None:
    topics = ["person:1", "commons:b", "commons:a"]
    ears = [listening(hub, *heard) for heard in (topics, ["commons:b", "commons:a"], ["commons:b"], ["person:1"])]

    hub.deliver(announce_once(topics, b"busy"))

    assert [ear.heard for ear in ears] == [[b"busy"]] * 4


def test_subscribing_and_unsubscribing_take_effect_between_events(hub: Hub) -> None:
    ear = listening(hub, "user:1")

    hub.deliver(
        [
            Event("room:1", b"before"),
            Event("user:1", action="subscribe", argument="room:1"),
            Event("room:1", b"during"),
            Event("user:1", action="unsubscribe", argument="room:1"),
            Event("room:1", b"after"),
        ]
    )

    assert ear.heard == [b"during"]


def test_ending_a_session_closes_its_sockets_only(hub: Hub) -> None:
    ended, other = listening(hub, "session:1"), listening(hub, "session:2")

    hub.deliver([Event("session:1", action="close", argument="4401")])

    assert (ended.closed, other.closed) == (4401, None)


def test_a_socket_that_left_is_forgotten(hub: Hub) -> None:
    ear = listening(hub, "room:1")
    hub.leave(ear)

    hub.deliver([Event("room:1", b"hi")])

    assert ear.heard == []
    assert not hub.listeners
    assert not hub.sockets


def test_a_plain_thread_wakes_an_idle_loop_a_hundred_times() -> None:
    async def listen() -> list[bytes]:
        ear = Ear()
        get_current_hub().join(ear, ["room:1"])
        for n in range(100):
            thread = threading.Thread(target=publish, args=([Event("room:1", b"%d" % n)],))
            thread.start()
            async with asyncio.timeout(2):
                while len(ear.heard) <= n:
                    await asyncio.sleep(0.001)
            thread.join()
        get_current_hub().leave(ear)
        return ear.heard

    assert asyncio.run(listen()) == [b"%d" % n for n in range(100)]
    assert not hubs


@pytest.mark.parametrize("size", [0, 125, 126, 65_535, 65_536])
def test_frames_are_what_the_protocol_says(size: int) -> None:
    payload = b"x" * size
    reader = StreamReader()
    reader.feed_data(encode_text_frame(payload))

    parsing = Frame.parse(reader.read_exact, mask=False)
    with pytest.raises(StopIteration) as end:
        next(parsing)

    assert end.value.value == Frame(Opcode.TEXT, payload)


def test_a_queue_keeps_the_order_and_rests_when_empty() -> None:
    async def run() -> tuple[list[str], list[Any]]:
        sent, closed = [], []

        async def send(message: Any) -> None:
            await asyncio.sleep(0)
            sent.append(message["text"])

        queue = QueueSendBuffer(send, closed.append)
        for n in range(50):
            queue.put([b"%d" % n], b"")
        while len(sent) < 50:
            await asyncio.sleep(0.001)
        return sent, closed

    assert asyncio.run(run()) == ([str(n) for n in range(50)], [])


def test_a_reader_that_does_not_read_is_closed_and_holds_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(send_buffer, "MAX_BUFFERED_BYTES", 1000)

    async def run() -> tuple[list[int], int]:
        closed = []

        async def send(message: Any) -> None:
            await asyncio.Event().wait()

        queue = QueueSendBuffer(send, closed.append)
        for _ in range(3):
            queue.put([b"x" * 400], b"")
        return closed, len(queue._waiting)

    assert asyncio.run(run()) == ([4008], 0)


def test_what_was_announced_since_a_moment_is_known(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    hub.deliver([Event("user:1", action="reauthorise")])
    moment = Moment(hub, hub.deliveries)
    hub.deliver([Event("room:1", b"hi"), Event("session:1", action="close")])

    # Nobody has to be on a topic: those who are about to join ask.
    assert hub.may_have_announced(["room:1"], since=moment)
    assert hub.may_have_announced(["user:1", "session:1"], since=moment)
    assert not hub.may_have_announced(["user:1", "room:2"], since=moment)

    monkeypatch.setattr("lib.realtime.hub.MAX_ANNOUNCED", 3)
    hub.deliver([Event("room:3", b"hi")])
    assert hub.may_have_announced(["room:2"], since=moment), "It can't be known any more."

    moment = Moment(hub, hub.deliveries)
    assert not hub.may_have_announced(["room:2"], since=moment)
    hub._report_loss()
    assert hub.may_have_announced(["room:2"], since=moment), "It may be among what was lost."


def test_what_was_announced_before_there_was_a_hub_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broker, "connects_processes", lambda: False)

    async def arrive() -> tuple[bool, bool]:
        before = get_current_moment()
        get_current_hub().join(ear := Ear(), ["room:1"])
        unknown = get_current_hub().may_have_announced(["room:1"], since=before)
        known = get_current_hub().may_have_announced(["room:1"], since=get_current_moment())
        get_current_hub().leave(ear)
        return unknown, known

    assert asyncio.run(arrive()) == (True, False)


def test_what_comes_together_is_told_together_and_the_last_of_each_counts() -> None:
    gathering = Gathering(0.05)

    async def tell() -> tuple[list[list[bytes]], int]:
        get_current_hub().join(ear := Ear(), ["everybody", "few"])
        heard = []
        for key, payload in [(1, b"first"), (2, b"two"), (3, b"three"), (2, b"two again")]:
            gathering.publish(key, [Event("everybody", payload), Event("few", payload)])
        heard.append(list(ear.heard))
        await asyncio.sleep(0.5)
        heard.append(ear.heard[2:])
        gathering.publish(1, [Event("everybody", b"later")])
        heard.append(ear.heard[6:])
        get_current_hub().leave(ear)
        return heard, ear.writes

    for _ in range(2):  # the second loop does not wait for the first one's timer
        heard, writes = asyncio.run(tell())
        assert heard == [[b"first"] * 2, [b"three", b"two again"] * 2, [b"later"]]
        assert writes == 2 + 2 + 1
