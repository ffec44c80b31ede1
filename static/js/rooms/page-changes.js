// Bring what the socket tells of a room into the parts of its page that are not shown, and tell whether what surrounds
// the feed is as the server has it.
import { parseItems, readSeq } from "messages/feed-items"
import { refreshQuotes } from "messages/quotes"
import { acceptRoomMessage } from "messages/thread-items"
import { currentUser } from "users/current-user"

const ITEMS = ".feed > .feed__item"
// As on the server: with more unread messages its page no longer ends with the newest one.
const MAX_UNREAD = 40
// What scripts keep right, and what each answer has anew.
const VOLATILE = ["class", "data-version", "data-read", "data-has-older", "data-has-newer"]
const TOKEN = /(csrfmiddlewaretoken" value=")[^"]*/g
const PRESENCE = /(data-presence="|data-presence-word="[^"]*">)[^"<]*/g

// Returns whether the parts are as a page would be from now on. `main` is that of a page as the server sends it.
export function applyFrame(main, frame) {
  const feed = main.querySelector("room-feed")
  if (frame.type === "read") return frame.user !== currentUser.id || markRead(feed, frame.seq)
  return frame.type === "system_message.created" || applyMessage(feed, frame)
}

// All but the messages.
export function describeSurroundings(main) {
  const parts = [...main.children].map((part) => (part.matches("room-feed") ? copyFrame(part) : part).outerHTML)
  return parts.join("").replace(TOKEN, "$1").replace(PRESENCE, "$1")
}

function copyFrame(feed) {
  const copy = feed.cloneNode(false)
  for (const name of VOLATILE) copy.removeAttribute(name)
  return copy
}

function applyMessage(feed, { type, version, message, html }) {
  const known = Number(feed.dataset.version)
  if (version <= known) return true
  const isWhole = feed.dataset.hasNewer === "false" && !feed.matches(".feed-scroll--first-run")
  if (version > known + 1 || !isWhole) return false
  feed.dataset.version = version
  for (const item of parseItems(html).filter(acceptRoomMessage)) placeItem(feed, item)
  refreshQuotes(feed, html)
  const isNew = type === "message.created" && message.seq !== null
  return markRead(feed, isNew && isReadAtOnce(feed, message) ? message.seq : Number(feed.dataset.read))
}

function placeItem(feed, item) {
  const items = [...feed.querySelectorAll(ITEMS)]
  const shown = items.find(({ dataset }) => dataset.id === item.dataset.id)
  if (shown) return Number(shown.dataset.version) < Number(item.dataset.version) && shown.replaceWith(item)
  const previous = items.findLast((other) => readSeq(other) < readSeq(item))
  if (previous) previous.after(item)
  // An older one comes with its page.
  else if (!items.length) feed.querySelector("[data-edge=hasNewer]").before(item)
}

// One's own message reads what is before it; a card is read where nothing was unread before.
function isReadAtOnce({ dataset }, { author, type, seq }) {
  return type === "system" ? Number(dataset.read) === seq - 1 : author.id === currentUser.id
}

function markRead(feed, seq) {
  if (feed.dataset.hasNewer === "true") return false
  feed.dataset.read = seq
  feed.querySelector(".feed__new")?.remove()
  const items = [...feed.querySelectorAll(ITEMS)]
  const unread = items.find((item) => readSeq(item) > seq)
  unread?.before(document.getElementById("new-divider").content.firstElementChild.cloneNode(true))
  return readSeq(items.at(-1)) - seq <= MAX_UNREAD
}
