// Entry point of a room's page: its feed, its composer, and changes to the room while the page is open.
import { requestJson } from "lib/api"
import { connection } from "lib/connection"
import { RequestRefused } from "lib/errors"
import { gettext, interpolate } from "lib/i18n"
import { saveToastForNextPage } from "lib/toast"
import { followJoins } from "rooms/joins"
import { followMembers, refreshMembers } from "rooms/members"
import { followPins } from "rooms/pins"
import { setTitle } from "sidebar/unread-badge"
import { currentUser } from "users/current-user"
import "elements/room-feed"
import "elements/room-composer"
import "elements/text-tools"

const { room, archived, read } = document.querySelector("room-feed").dataset
let wasWelcomed = false

connection.on("room.removed", (frame) => frame.room === room && leavePage())
connection.on("room.updated", (frame) => frame.room.id === room && showRoom(frame.room))
connection.on("welcome", ({ rooms }) => {
  const isMember = rooms.some(({ id }) => id === room)
  if (read !== undefined && !isMember) leavePage()
  else if (wasWelcomed) refreshRoom()
  wasWelcomed = true
})

async function leavePage() {
  const { homeUrl, organisationName } = currentUser
  const roomName = document.querySelector("[data-room-name]").textContent.trim()
  const home = await fetch(homeUrl, { method: "HEAD" }).catch(() => null)
  // The user may have been removed from the whole organisation.
  const name = home?.status === 404 ? organisationName : roomName
  saveToastForNextPage(interpolate(gettext("You are no longer in %(name)s."), { name }))
  location.replace(home?.ok ? homeUrl : "/")
}

function showRoom({ name, topic, kind, archived_at: archivedAt }) {
  // An archived room has another composer; drafts and the outbox survive the reload.
  if (Boolean(archivedAt) !== (archived === "true")) return location.reload()
  if (kind === "direct") return
  for (const element of document.querySelectorAll("[data-room-name]")) element.textContent = name
  for (const element of document.querySelectorAll("[data-room-topic]")) element.textContent = topic
  document.querySelector("room-composer")?.setRoomName(name)
  setTitle(`${name} - ${currentUser.organisationName}`)
}

// Events were missed while the connection was down, and the room's version counts no changes of its name or members.
async function refreshRoom() {
  try {
    showRoom(await requestJson("GET", `/rooms/${room}`))
    refreshMembers()
  } catch (error) {
    // After other errors the next welcome refreshes again.
    if (error instanceof RequestRefused && error.status === 404) leavePage()
  }
}

// The words of an empty room go with its first message.
connection.on("message.created", (frame) => {
  const feed = document.querySelector(".feed-scroll--first-run")
  if (frame.room !== room || !feed) return
  feed.classList.remove("feed-scroll--first-run")
  document.querySelector("room-composer")?.setRoomName(document.querySelector("[data-room-name]").textContent.trim())
})

followJoins(room)
followMembers(room)
followPins(room)
