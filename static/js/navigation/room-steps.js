// Go to the room above or below in the sidebar, or to the next unread one.
import { gettext } from "lib/i18n"
import { showToast } from "lib/toast"

// Without those of a section that is folded.
function listLinks() {
  const links = [...document.querySelectorAll("#sidebar .nav-link[data-room]")]
  const shown = links.filter((link) => link.checkVisibility())
  return shown.length ? shown : links
}

const isUnread = (link) => link.matches(".nav-link--unread:not(.nav-link--muted)")

export function goToRoom(step) {
  const links = listLinks()
  const current = findCurrent(links)
  findStep(links, current, step)?.click()
}

// The addresses of those that a key leads to: below, above, and the next unread one.
export function listNextRooms() {
  const links = listLinks()
  const current = findCurrent(links)
  const next = [findStep(links, current, 1), findStep(links, current, -1), findUnread(links, current, 1)]
  return next.filter(Boolean).map(({ pathname }) => pathname)
}

// From the last one on to the first.
export function goToUnreadRoom(step) {
  const links = listLinks()
  const next = findUnread(links, findCurrent(links), step)
  if (next) next.click()
  else showToast(gettext("Nothing is unread."))
}

function findStep(links, current, step) {
  const first = step > 0 ? 0 : links.length - 1
  return links[current < 0 ? first : current + step]
}

function findUnread(links, current, step) {
  const start = current < 0 && step < 0 ? links.length : current
  const others = step > 0 ? [...links.slice(start + 1), ...links.slice(0, Math.max(0, start))]
    : [...links.slice(0, start).reverse(), ...links.slice(start + 1).reverse()]
  return others.find(isUnread)
}

// The one that is being opened, if one is.
function findCurrent(links) {
  const opening = links.findIndex((link) => link.ariaBusy === "true")
  return opening < 0 ? links.findIndex((link) => link.matches("[aria-current=page]")) : opening
}
