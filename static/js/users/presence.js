// Keep the presence dots up to date, and tell the server when the current user has been idle for ten minutes.
import { connection } from "lib/connection"
import { gettext } from "lib/i18n"
import { currentUser } from "users/current-user"

const IDLE_AFTER = 10 * 60 * 1000
const LABELS = { online: gettext("online"), away: gettext("away"), busy: gettext("busy"), offline: gettext("offline") }
const states = new Map()
let idleTimer = 0
let isAway = false
// The room that the server believes the user to look at here.
let toldRoom = null
// What the user has chosen outranks what this page observes.
let availability = "auto"

export function startPresence() {
  connection.on("presence", ({ user, state }) => updatePresence(user, state))
  connection.on("welcome", ({ user }) => (availability = user.availability))
  connection.addEventListener("up", () => {
    const observed = isAway ? "away" : "online"
    updatePresence(currentUser.id, availability === "auto" ? observed : availability)
    toldRoom = null
    if (isAway || findShownRoom()) sendPresence(isAway ? "away" : "active")
  })
  connection.addEventListener("down", () => updatePresence(currentUser.id, "offline"))
  for (const type of ["pointerdown", "keydown", "scroll"]) {
    addEventListener(type, recordActivity, { passive: true, capture: true })
  }
  document.addEventListener("visibilitychange", () => document.hidden || recordActivity())
  document.addEventListener("visibilitychange", announceRoom)
  recordActivity()
}

// For a fragment that the server has just rendered: its rows lag a second behind what was announced.
export function correctPresence(root) {
  for (const { dataset } of root.querySelectorAll(".presence")) {
    showPresence(dataset.user, states.get(dataset.user) ?? dataset.presence)
  }
}

function updatePresence(user, state) {
  states.set(user, state)
  showPresence(user, state)
}

function showPresence(user, state) {
  const id = CSS.escape(user)
  for (const dot of document.querySelectorAll(`.presence[data-user="${id}"]`)) dot.dataset.presence = state
  for (const word of document.querySelectorAll(`[data-presence-word="${id}"]`)) word.textContent = LABELS[state]
}

function recordActivity() {
  clearTimeout(idleTimer)
  idleTimer = setTimeout(() => sendPresence("away"), IDLE_AFTER)
  if (isAway) sendPresence("active")
}

// Whoever looks at a room is not pushed what is said there.
export function announceRoom() {
  if (!isAway && findShownRoom() !== toldRoom) sendPresence("active")
}

function sendPresence(state) {
  isAway = state === "away"
  toldRoom = isAway ? null : findShownRoom()
  connection.send({ type: "presence", state, ...(toldRoom && { room: toldRoom }) })
}

function findShownRoom() {
  return document.hidden ? null : (document.querySelector("main room-feed[data-read]")?.dataset.room ?? null)
}
