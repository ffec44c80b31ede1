// Keep the pages of rooms that were visited lately or may be next, in this tab alone, so that they are shown without
// asking the server first. What the socket tells goes into them; what it tells and can't go into them ends them, and so
// does the loss of the connection.
import { connection } from "lib/connection"
import { KeptRoom } from "rooms/kept-room"
import { fetchPageAhead, takePageAhead } from "rooms/pages-ahead"

const MAX_KEPT = 12
const ROOM = /^\/rooms\/([\w-]{36})\/$/
const APPLIED = ["message.created", "message.updated", "message.deleted", "read", "system_message.created"]
const ENDING = ["member.joined", "member.left", "member.updated", "room.removed", "room.settings", "room.updated"]
// By address, the one that was used last at the end.
const rooms = new Map()

connection.on("frame", handleFrame)
connection.on("user.updated", ({ user }) => dropWhere((room) => room.isAbout(user.id)))
connection.on("me.updated", () => rooms.clear())
for (const type of ["down", "ended"]) connection.addEventListener(type, () => rooms.clear())

// A page at once, or null.
export function takeKept(address) {
  const room = rooms.get(address)
  if (!room?.isComplete) return null
  rooms.delete(address)
  rooms.set(address, room)
  return room.take()
}

// Resolves with a page, and keeps it where it is that of a room alone. Rejects as fetchFragment does.
export async function fetchRoomPage(address, signal) {
  if (!ROOM.test(address)) return takePageAhead(address, signal)
  const ahead = await rooms.get(address)?.request.catch(() => null)
  return (ahead ?? (await startKeeping(address).request)).take()
}

// Resolves with what the server has now, { page, take }, which is what is kept from now on.
export const renewKept = (address) => startKeeping(address).request

// Resolves once it is there, or can't be.
export async function fetchAhead(address) {
  if (!connection.isUp) return
  if (ROOM.test(address)) await (rooms.get(address) ?? startKeeping(address)).request.catch(() => null)
  else fetchPageAhead(address)
}

function startKeeping(address) {
  const room = new KeptRoom(address, drop)
  room.request.catch(() => drop(room))
  if (!connection.isUp) return room
  rooms.delete(address)
  rooms.set(address, room)
  if (rooms.size > MAX_KEPT) rooms.delete(rooms.keys().next().value)
  return room
}

function drop(room) {
  if (rooms.get(room.address) === room) rooms.delete(room.address)
}

function dropWhere(isMeant) {
  for (const room of [...rooms.values()].filter(isMeant)) drop(room)
}

function handleFrame(frame) {
  const room = rooms.get(`/rooms/${frame.room?.id ?? frame.room}/`)
  if (room && APPLIED.includes(frame.type)) room.apply(frame)
  else if (room && ENDING.includes(frame.type)) drop(room)
}
