// Tell in the feed what has happened in the room: lately, and while it is shown.
import { afterPaint } from "lib/after-paint"
import { requestJson } from "lib/api"
import { connection } from "lib/connection"

// Older ones are not shown: they would be far above.
const MAX_LINES = 200

export function followSystemMessages({ room, feed, signal }) {
  // Direct rooms have none.
  if (!("tellsChanges" in feed.dataset)) return
  let messages = []

  function add(more) {
    const known = new Set(messages.map(({ id }) => id))
    const fresh = more.filter(({ id }) => !known.has(id))
    if (fresh.length) show([...messages, ...fresh].sort((one, other) => (one.id < other.id ? -1 : 1)))
  }

  function show(all) {
    messages = all
    if (!signal.aborted) feed.showSystemMessages(messages)
  }

  // Some may have been missed while the connection was down.
  async function load() {
    try {
      const { items } = await requestJson("GET", `/rooms/${room}/system-messages?limit=${MAX_LINES}`)
      add(items)
    } catch {
      // The lines are no more than a courtesy.
    }
  }

  const handleMessage = (frame) => frame.room === room && add([frame.system_message])
  const handleUpdate = (frame) => {
    if (frame.room.id !== room) return
    if (frame.room.system_messages) load()
    else show([])
  }
  connection.on("system_message.created", handleMessage, { signal })
  connection.on("room.updated", handleUpdate, { signal })
  const handleWelcome = ({ rooms }) => {
    const wasRemoved = feed.dataset.read !== undefined && !rooms.some(({ id }) => id === room)
    if (!wasRemoved) afterPaint(load, { signal })
  }
  connection.on("welcome", handleWelcome, { signal })
}
