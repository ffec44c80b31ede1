// Tell which messages of a room belong in its feed and which in a thread's, and keep the root over the replies current.
import { parseItems } from "messages/feed-items"
import { updateLayout } from "messages/feed-layout"
import { replaceMessage } from "messages/replace-message"

// A reply that was not sent to the room has no place in it.
export const acceptRoomMessage = ({ dataset }) => dataset.seq !== ""

// In a thread the place of a reply is that in the thread, and its id another than in the feed beside it.
export function acceptReply(item, thread) {
  const { dataset } = item
  if (dataset.thread !== thread) return false
  dataset.seq = dataset.threadSeq
  item.id = `reply-${dataset.id}`
  return true
}

// The server renders the messages of a thread as it renders those of a room.
export function prepareThread(feed, decorate) {
  for (const item of feed.querySelectorAll(".feed > .feed__item")) acceptReply(item, feed.dataset.thread)
  showRoot(feed, decorate)
}

const findRoot = (list) => list.querySelector(".feed__item")

function showRoot(feed, decorate) {
  const list = feed.querySelector(".thread__root")
  const item = findRoot(list)
  // "Mark unread from here" is from the first reply on.
  item.dataset.seq = 1
  updateLayout(list)
  decorate(item)
}

export function replaceRoot(feed, html, decorate) {
  const list = feed.querySelector(".thread__root")
  const shown = findRoot(list)
  const newer = parseItems(html).find(({ dataset }) => dataset.id === shown.dataset.id)
  if (!newer || Number(newer.dataset.version) <= Number(shown.dataset.version)) return
  newer.id = shown.id
  replaceMessage(shown, newer, () => {})
  showRoot(feed, decorate)
  const count = list.querySelector(".thread-link__count")
  if (count) feed.querySelector("[data-reply-count]").textContent = count.textContent
}
