// Put the main parts of a room's page in the place of those that are shown. The sidebar, the socket, and what scripts
// clone or open, stay.
import { localiseTimes } from "lib/local-time"
import { announce } from "messages/announcer"
import { rememberRecentRoom } from "navigation/recent-rooms"
import { enterRoom, leaveRoom } from "rooms/current-room"
import { forgetPanel } from "rooms/panel"
import { closeDrawer } from "sidebar/drawer"
import { setTitle } from "sidebar/unread-badge"
import { currentUser } from "users/current-user"
import { correctPresence } from "users/presence"

// Where a feed starts, if not at its end.
const ABOVE_END = "[data-target], .feed__new"
const COOKIE_SECONDS = 60 * 60 * 24 * 365

// `page` as from `requestPage`; its address is the window's by now. `place` is one that the reader has left, see
// feed-places.js; without it the feed is at its start.
export function showRoom({ main: nextMain, panel, title, token }, place) {
  const main = document.getElementById("main")
  closeOverlays()
  forgetPanel()
  leaveRoom()
  for (const element of main.querySelectorAll(":scope > :not([data-stays])")) element.remove()
  const nextFeed = nextMain.querySelector("room-feed")
  nextFeed.toggleAttribute("data-arriving", !place && !nextFeed.querySelector(ABOVE_END))
  document.getElementById("announcer").after(...nextMain.childNodes)
  document.getElementById("panel").replaceWith(panel)
  for (const zone of [main, panel]) {
    localiseTimes(zone)
    correctPresence(zone)
  }
  updateFrame(title, token)
  // Where the composer does not take the focus, as on touch screens.
  if (!main.contains(document.activeElement)) main.focus({ preventScroll: true })
  announce(title)
  enterRoom()
  nextFeed.places.restore(place)
}

export function showToken(token) {
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) if (token) field.value = token
}

function closeOverlays() {
  for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close()
  for (const popover of document.querySelectorAll(":popover-open")) popover.hidePopover()
  closeDrawer()
}

function updateFrame(title, token) {
  const { room } = document.querySelector("main room-feed").dataset
  setTitle(title)
  const name = document.querySelector("main [data-room-name]").textContent
  for (const element of document.querySelectorAll("[data-room-name]")) element.textContent = name
  document.querySelector("room-sidebar").showRoom(room)
  showToken(token)
  for (const field of document.querySelectorAll("#sidebar [name=next]")) field.value = location.pathname
  rememberRoom(room)
  rememberRecentRoom(room)
}

// As the server does with a page: the next visit to the organisation begins here.
function rememberRoom(room) {
  const secure = location.protocol === "https:" ? "; secure" : ""
  document.cookie = `room=${room}; path=${currentUser.homeUrl}; max-age=${COOKIE_SECONDS}; samesite=lax${secure}`
}
