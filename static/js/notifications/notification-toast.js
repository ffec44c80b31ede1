// Tell of a new notification in the corner, unless the user looks at what it is about, or at a list that shows it.
import { requestJson } from "lib/api"
import { gettext, language } from "lib/i18n"
import { showToast } from "lib/toast"

const MAX_TEXT = 80
// By notification: one that counts another message is told anew, in place of the former.
const toasts = new Map()

export async function showNotificationToast(frame) {
  const { room_id: room, id } = frame.notification
  if (!frame.toast || document.hidden || isLookingAt(room) || isListed()) return
  // Written in the language of the account, or of the server: this page may be in the browser's.
  const isReadable = frame.language === language
  const notification = isReadable ? frame.notification : await fetchNotification(id)
  if (!notification) return
  const { title, message, url } = notification
  const action = { label: gettext("Open"), run: () => open(url, id) }
  toasts.get(id)?.remove()
  toasts.set(id, showToast(message ? `${title}: ${shorten(message)}` : title, action))
}

// Null where it is gone by now, as with a message that was deleted, or can't be had.
const fetchNotification = (id) => requestJson("GET", `/notifications/${id}`).catch(() => null)

const isLookingAt = (room) => room !== null && document.querySelector("main room-feed")?.dataset.room === room

// In the panel of the bell, or on the page of all. A list of some may leave it out.
const isListed = () =>
  [...document.querySelectorAll("[data-notifications]")].some(
    (list) => list.checkVisibility() && !new URL(list.dataset.notifications, location.href).search,
  )

const shorten = (text) => (text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT - 1).trimEnd()}…`)

// By a link, so that a room is opened without a page being loaded.
function open(href, id) {
  requestJson("PUT", `/notifications/${id}/read`, undefined, { keepalive: true }).catch(() => {})
  const link = Object.assign(document.createElement("a"), { href, hidden: true })
  document.body.append(link)
  link.click()
  link.remove()
}
