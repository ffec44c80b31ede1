// Bring the messages that a room's events carry into a feed, and tell of the new ones.
import { connection } from "lib/connection"
import { announceMessage } from "messages/announcer"
import { readSeq } from "messages/feed-items"
import { currentUser } from "users/current-user"

const MESSAGE_EVENTS = ["message.created", "message.updated", "message.deleted"]

// `apply` takes the HTML of the messages. Until the signal aborts.
export function followMessages(room, { list, sync, marker, apply, signal }) {
  const handleEvent = ({ type, version, message, html }) => {
    const isNew = type === "message.created"
    const isOwn = message.author.id === currentUser.id
    // Whoever writes has seen what there is.
    if (isNew && isOwn) marker.resume()
    apply(html)
    sync.recordVersion(version)
    const item = list.find(message.id)
    if (!isNew || isOwn || !item) return
    announceMessage(message, item)
    if (document.hidden && readSeq(item) === marker.seq + 1) list.placeUnreadDivider(message.id)
  }
  const handle = (frame) => frame.room === room && handleEvent(frame)
  for (const type of MESSAGE_EVENTS) connection.on(type, handle, { signal })
}
