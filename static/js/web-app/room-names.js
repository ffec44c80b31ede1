// Keep the names of the rooms in the sidebar, for what is kept of them while nothing can be loaded.
import { userStorage } from "users/user-storage"

const KEY = "room-names"

export function rememberRoomNames() {
  const links = [...document.querySelectorAll("#sidebar .nav-link[data-room]")]
  const names = links.map((link) => [link.dataset.room, link.dataset.name])
  userStorage.set(KEY, { ...userStorage.get(KEY), ...Object.fromEntries(names) })
}

export const readRoomName = (room) => userStorage.get(KEY)?.[room] ?? null
