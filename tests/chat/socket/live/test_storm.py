"""Several clients at once, with bad luck: whatever they do, all end up with what the database holds, once."""

import asyncio
import json
import random
import uuid
from typing import Any

import httpx
from websockets.exceptions import ConnectionClosed

from tests.lines import Lines, talk
from tests.live import LiveServer, Person

CLIENTS, STEPS = 4, 30


class Client:
    """Sends, changes and loses its connection at random; trusts versions, never silence."""

    def __init__(self, lines: Lines, person: Person, room: str, seed: int) -> None:
        self.lines, self.person, self.room, self.rng = lines, person, room, random.Random(seed)
        self.rest = httpx.AsyncClient(base_url=person.base_url, headers=person.headers, timeout=20)
        self.messages, self.sent = {}, []
        self.line = None

    async def live(self) -> None:
        for _ in range(STEPS):
            if self.line is None:
                self.line = await self.lines.connect(self.person)
            await self.rng.choice((self.send, self.send, self.send_twice, self.change, self.hear, self.vanish))()
        await self.catch_up()
        await self.rest.aclose()

    async def send(self) -> None:
        """To the room, or in a thread: its root may have been deleted a moment ago, and then it is refused."""
        client_id = str(uuid.UUID(int=self.rng.getrandbits(128)))
        roots = [each["id"] for each in self.messages.values() if not each["thread_id"] and each["content"] is not None]
        place = {}
        if roots and self.rng.random() < 0.5:
            place = {"thread_id": self.rng.choice(roots), "also_in_room": self.rng.random() < 0.3}
        self.sent.append({"content": client_id, "client_id": client_id} | place)
        await self.line.say(type="message.send", room=self.room, **self.sent[-1])

    async def send_twice(self) -> None:
        """As somebody does who has not heard whether it went through: by this way or that."""
        await self.send()
        repeated = self.sent[-1]
        if self.rng.random() < 0.5:
            return await self.line.say(type="message.send", room=self.room, **repeated)
        answer = await self.rest.post(f"/rooms/{self.room}/messages", json=repeated)
        assert answer.status_code in (200, 201) or ("thread_id" in repeated and answer.status_code == 422)

    async def change(self) -> None:
        mine = [message for message in self.messages.values() if message["author"]["id"] == self.person.id]
        standing = [message["id"] for message in mine if message["content"] is not None]
        if not standing:
            return await self.catch_up()
        chosen, luck = self.rng.choice(standing), self.rng.random()
        if luck < 0.3:
            await self.rest.delete(f"/messages/{chosen}")
        elif luck < 0.6:
            await self.rest.put(f"/messages/{self.rng.choice(list(self.messages))}/reactions/👍")
        else:
            await self.rest.patch(f"/messages/{chosen}", json={"content": f"edited {self.rng.random()}"})

    async def hear(self) -> None:
        try:
            async with asyncio.timeout(0.05):
                while True:
                    self.take(json.loads(await self.line.connection.recv()).get("message"))
        except (TimeoutError, ConnectionClosed):
            return

    async def vanish(self) -> None:
        """Cut off in the midst of it: what was sent may have arrived or not, so all of it is sent again."""
        self.line.connection.transport.abort()
        self.line = None
        for message in self.sent:
            await self.rest.post(f"/rooms/{self.room}/messages", json=message)
        await self.catch_up()

    async def catch_up(self) -> None:
        version, more = 0, True
        while more:
            answer = (await self.rest.get(f"/rooms/{self.room}/changes?since={version}&limit=50")).json()
            for message in answer["items"]:
                self.take(message)
            version, more = answer["version"], answer["has_more"]

    def take(self, message: dict[str, Any] | None) -> None:
        if message and message["version"] > self.messages.get(message["id"], {"version": 0})["version"]:
            self.messages[message["id"]] = message


def test_all_end_up_with_every_message_once(
    server: LiveServer, team: tuple[Person, Person, Person, str], room: str
) -> None:
    clients = []

    async def conversation(lines: Any) -> None:
        clients.extend(Client(lines, team[n % 2], room, n) for n in range(CLIENTS))
        await asyncio.gather(*(client.live() for client in clients))
        await asyncio.sleep(1)  # for what went out in the last moment over a socket
        for client in clients:
            client.rest = httpx.AsyncClient(base_url=client.person.base_url, headers=client.person.headers, timeout=20)
            await client.catch_up()
            await client.rest.aclose()

    talk(server, conversation)

    items = team[0].ask("GET", f"/rooms/{room}/messages?limit=200")["items"]
    assert [message["seq"] for message in items] == list(range(1, len(items) + 1))
    truth = {message["id"]: message for message in items}
    for root in [message for message in items if message["thread"]]:
        replies = team[0].ask("GET", f"/messages/{root['id']}/thread?limit=200")["items"]
        assert [reply["thread_seq"] for reply in replies] == list(range(1, root["thread"]["last_seq"] + 1))
        assert {reply["id"]: reply for reply in replies if reply["seq"]}.items() <= truth.items()
        truth |= {reply["id"]: reply for reply in replies}
    assert any(message["thread_id"] for message in truth.values())
    assert len({message["client_id"] for message in truth.values()}) == len(truth)
    assert len(truth) <= sum(len(each.sent) for each in clients)
    assert all(client.messages == truth for client in clients)
