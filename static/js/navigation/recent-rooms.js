// Which rooms the user has been in, in this browser, the latest first.
import { userStorage } from "users/user-storage"

const KEY = "recent-rooms"
const KEPT = 30

export const listRecentRooms = () => userStorage.get(KEY) ?? []

export function rememberRecentRoom(room) {
  if (room) userStorage.set(KEY, [room, ...listRecentRooms().filter((each) => each !== room)].slice(0, KEPT))
}
