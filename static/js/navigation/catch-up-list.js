// The list of unread rooms: one tab stop, arrow keys move between rooms, R marks one as read, Enter opens it. A room
// that is read, here or on another device, leaves the list; it is back in its place once it is unread again.
import { requestJson } from "lib/api"
import { connection } from "lib/connection"
import { gettext } from "lib/i18n"
import { isLetterKey } from "lib/keys"
import { showErrorToast, showToast } from "lib/toast"
import { followMessages } from "navigation/catch-up-messages"
import { markAllRead } from "navigation/mark-all-read"
import { currentUser } from "users/current-user"

const ROOM = ".catch-up__room"
// By room: what has left the list, and before what it stood.
const removed = new Map()
let list

export function startCatchUp() {
  list = document.querySelector("[data-catch-up]")
  if (!list) return
  setTabStop(list.querySelector(ROOM))
  list.addEventListener("keydown", handleKey)
  list.addEventListener("focusin", ({ target }) => setTabStop(target.closest(ROOM)))
  document.addEventListener("submit", handleSubmit)
  connection.on("read", (frame) => frame.user === currentUser.id && follow(frame))
  followMessages({ list, removed, remove, done: showWhetherCaughtUp })
  if (!matchMedia("(hover: hover) and (pointer: fine)").matches) return
  document.querySelector("[data-needs-keyboard]").hidden = false
  list.querySelector(ROOM)?.focus({ preventScroll: true })
}

const listRooms = () => [...list.querySelectorAll(ROOM)]

function setTabStop(room) {
  for (const each of listRooms()) each.tabIndex = each === room ? 0 : -1
}

function handleKey(event) {
  const { target, key } = event
  const room = target.closest(ROOM)
  if (!room || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
  if (isLetterKey(event, "r")) markRead(room)
  else if (key === "Enter" && target === room) room.querySelector("h2 a").click()
  else if (!focusNeighbour(room, event)) return
  event.preventDefault()
}

function focusNeighbour(room, event) {
  const rooms = listRooms()
  const index = rooms.indexOf(room)
  const { key } = event
  const isDown = key === "ArrowDown" || isLetterKey(event, "j")
  const isUp = key === "ArrowUp" || isLetterKey(event, "k")
  const next = isDown ? index + 1 : isUp ? index - 1 : { Home: 0, End: rooms.length - 1 }[key]
  rooms[next]?.focus()
  rooms[next]?.scrollIntoView({ block: "nearest" })
  return next !== undefined
}

function handleSubmit(event) {
  const room = event.target.closest(ROOM)
  const isAll = event.target.matches("[data-marks-all]")
  if (!room && !isAll) return
  event.preventDefault()
  if (isAll) markAllRead()
  else markRead(room)
}

async function markRead(room) {
  const { room: id, seq, before } = room.dataset
  remove(room)
  const put = (mark) => requestJson("PUT", `/rooms/${id}/read`, { seq: Number(mark) })
  const undo = async () => {
    restore(id)
    await put(before).catch((error) => showErrorToast(gettext("That could not be undone."), error))
  }
  try {
    await put(seq)
    showToast(gettext("Marked as read."), { label: gettext("Undo"), run: undo })
  } catch (error) {
    restore(id)
    showErrorToast(gettext("That was not marked as read."), error)
  }
}

function follow({ room: id, unread }) {
  const room = list.querySelector(`${ROOM}[data-room="${CSS.escape(id)}"]`)
  if (room && !unread) remove(room)
  else if (!room && unread) restore(id)
}

function remove(room) {
  const rooms = listRooms()
  const index = rooms.indexOf(room)
  const neighbour = rooms[index + 1] ?? rooms[index - 1]
  const hadFocus = room.contains(document.activeElement)
  removed.set(room.dataset.room, { room, next: room.nextElementSibling })
  room.remove()
  showWhetherCaughtUp()
  if (neighbour) setTabStop(neighbour)
  if (hadFocus) (neighbour ?? document.querySelector("[data-caught-up] a")).focus()
}

function restore(id) {
  const { room, next } = removed.get(id) ?? {}
  if (!room) return
  removed.delete(id)
  list.insertBefore(room, next?.parentElement === list ? next : null)
  showWhetherCaughtUp()
  room.focus()
}

function showWhetherCaughtUp() {
  const isEmpty = !listRooms().length
  list.hidden = isEmpty
  if (!list.querySelector(`${ROOM}[tabindex="0"]`)) setTabStop(list.querySelector(ROOM))
  document.querySelector("[data-caught-up]").hidden = !isEmpty
  document.querySelector("[data-marks-all]").hidden = isEmpty
  document.querySelector("[data-needs-keyboard]").classList.toggle("visually-hidden", isEmpty)
}
