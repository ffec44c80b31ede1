"""Know which room a user looks at on each of their devices, so that no push tells them what they see."""

from __future__ import annotations

from uuid import UUID

from chat.socket.presence import Listener, board
from lib.db.threads import run_in_pool
from lib.realtime.broker import spawn_task
from notifications.places import Pair
from notifications.viewing import end_viewing, note_viewing


class RoomViews:
    """The rooms that the users with sockets on this process look at. For the event loop."""

    def __init__(self) -> None:
        self._pairs: dict[Listener, Pair] = {}

    async def set_room(self, socket: Listener, user_id: UUID, room_id: UUID | None) -> None:
        """Note which room a user looks at by a socket, None for none, as when it has closed."""
        pair = (user_id, room_id) if room_id is not None else None
        former = self._pairs.pop(socket, None)
        if pair is not None:
            self._pairs[socket] = pair
        if pair != former and pair is not None:
            await run_in_pool(note_viewing, [pair])
        if former is not None and former not in self._pairs.values():
            await run_in_pool(end_viewing, former)

    async def renew_all(self) -> None:
        """Note again what users look at, before it lapses."""
        if self._pairs:
            await run_in_pool(note_viewing, set(self._pairs.values()))


views = RoomViews()


def forget_socket(socket: Listener, user_id: UUID) -> None:
    """Forget a socket that is about to close: its presence, and what its user looked at."""
    board.remove_socket(socket, user_id)
    spawn_task(views.set_room(socket, user_id, None))
