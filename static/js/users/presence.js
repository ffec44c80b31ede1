// Dots that follow who is here, and word to others when nobody has touched this page for a while.
import { connection } from "lib/connection"
import { me } from "users/current-user"
import { gettext } from "lib/i18n"

const IDLE = 10 * 60 * 1000
const WORDS = { online: gettext("online"), away: gettext("away"), busy: gettext("busy"), offline: gettext("offline") }
const heard = new Map()
let idle = 0
let away = false
// What one says oneself outranks what this page sees.
let chosen = "auto"

export function startPresence() {
  connection.on("presence", ({ user, state }) => hear(user, state))
  connection.on("welcome", ({ user }) => (chosen = user.availability))
  connection.addEventListener("up", () => {
    hear(me.id, chosen === "auto" ? (away ? "away" : "online") : chosen)
    if (away) connection.send({ type: "presence", state: "away" })
  })
  connection.addEventListener("down", () => hear(me.id, "offline"))
  for (const type of ["pointerdown", "keydown", "scroll"]) addEventListener(type, stir, { passive: true, capture: true })
  document.addEventListener("visibilitychange", () => document.hidden || stir())
  stir()
}

// For what the server has just drawn: its rows lag a second behind what was announced.
export function correctPresence(root) {
  for (const { dataset } of root.querySelectorAll(".presence")) show(dataset.user, heard.get(dataset.user) ?? dataset.presence)
}

function hear(user, state) {
  heard.set(user, state)
  show(user, state)
}

function show(user, state) {
  for (const dot of document.querySelectorAll(`.presence[data-user="${CSS.escape(user)}"]`)) dot.dataset.presence = state
  for (const word of document.querySelectorAll(`[data-presence-word="${CSS.escape(user)}"]`)) word.textContent = WORDS[state]
}

function stir() {
  clearTimeout(idle)
  idle = setTimeout(() => say("away"), IDLE)
  if (away) say("active")
}

function say(state) {
  away = state === "away"
  connection.send({ type: "presence", state })
}
