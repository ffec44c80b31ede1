// Entry point of a room's page: its feed, its composer, changes to the room while it is shown, and other rooms in its
// place.
import { requestJson } from "lib/api"
import { connection } from "lib/connection"
import { RequestRefused } from "lib/errors"
import { gettext, interpolate } from "lib/i18n"
import { saveToastForNextPage } from "lib/toast"
import { startDateJump } from "messages/date-jump"
import { startFeedKeys } from "messages/feed-keys"
import { onRoom } from "rooms/current-room"
import { buildFullName } from "rooms/full-name"
import { followMembers, refreshMembers } from "rooms/members"
import { followPins } from "rooms/pins"
import { showRoomIcon } from "rooms/room-icon"
import { startSwitching } from "rooms/switching"
import { followSystemMessages } from "rooms/system-messages"
import { setTitle } from "sidebar/unread-badge"
import { currentUser } from "users/current-user"
import { announceRoom } from "users/presence"
import "elements/audio-player"
import "elements/room-feed"
import "elements/room-composer"
import "elements/text-tools"
import "elements/voice-button"

startSwitching()
startDateJump()
startFeedKeys()
onRoom(followRoom)
onRoom(followMembers)
onRoom(followPins)
onRoom(followSystemMessages)
onRoom(announceRoom)

function followRoom({ room, feed, signal }) {
  const isMember = feed.dataset.read !== undefined
  let wasWelcomed = connection.isUp
  connection.on("room.removed", (frame) => frame.room === room && leavePage(), { signal })
  connection.on("room.updated", (frame) => frame.room.id === room && showRoom(feed, frame.room), { signal })
  const handleWelcome = ({ rooms }) => {
    if (isMember && !rooms.some(({ id }) => id === room)) leavePage()
    else if (wasWelcomed) refreshRoom(feed, signal)
    wasWelcomed = true
  }
  connection.addEventListener("welcome", ({ detail }) => handleWelcome(detail), { signal })
  // The words of an empty room go with its first message.
  const endFirstRun = (frame) => {
    if (frame.room !== room || !feed.matches(".feed-scroll--first-run")) return
    feed.classList.remove("feed-scroll--first-run")
    findComposer()?.setRoomName(readRoomName())
  }
  connection.on("message.created", endFirstRun, { signal })
}

const findComposer = () => document.querySelector("main room-composer")
const readRoomName = () => document.querySelector("[data-room-name]").textContent.trim()

async function leavePage() {
  const { homeUrl, organisationName } = currentUser
  const roomName = readRoomName()
  const home = await fetch(homeUrl, { method: "HEAD" }).catch(() => null)
  // The user may have been removed from the whole organisation.
  const name = home?.status === 404 ? organisationName : roomName
  saveToastForNextPage({ text: interpolate(gettext("You are no longer in %(name)s."), { name }) })
  location.replace(home?.ok ? homeUrl : "/")
}

function showRoom(feed, { topic, kind, archived_at: archivedAt, ...room }) {
  // An archived room has another composer; drafts and the outbox survive the reload.
  if (Boolean(archivedAt) !== (feed.dataset.archived === "true")) return location.reload()
  if (kind === "direct") return
  const name = buildFullName(room)
  for (const element of document.querySelectorAll("[data-room-name]")) element.textContent = name
  for (const element of document.querySelectorAll("[data-room-topic]")) element.textContent = topic
  showRoomIcon(document.querySelector("#room-bar .room-icon"), room)
  findComposer()?.setRoomName(name)
  setTitle(`${name} - ${currentUser.organisationName}`)
}

// Events were missed while the connection was down, and the room's version counts no changes of its name or members.
async function refreshRoom(feed, signal) {
  try {
    const room = await requestJson("GET", `/rooms/${feed.dataset.room}`)
    if (signal.aborted) return
    showRoom(feed, room)
    refreshMembers()
  } catch (error) {
    // After other errors the next welcome refreshes again.
    if (error instanceof RequestRefused && error.status === 404 && !signal.aborted) leavePage()
  }
}
