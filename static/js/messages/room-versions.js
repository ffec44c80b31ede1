// Remember the newest version of each room that the socket has told of, for feeds that are shown later.
import { connection } from "lib/connection"

const versions = new Map()

connection.on("welcome", ({ rooms }) => {
  versions.clear()
  for (const { id, version } of rooms) versions.set(id, version)
})
for (const type of ["message.created", "message.updated", "message.deleted"]) {
  connection.on(type, ({ room, version }) => versions.set(room, Math.max(version, versions.get(room) ?? 0)))
}

// Undefined for a room that the user is not in.
export const readRoomVersion = (room) => versions.get(room)
