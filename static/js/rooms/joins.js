// Tell in the feed who has joined the room: lately, and while the page is open.
import { fetchFragment } from "lib/api"
import { connection } from "lib/connection"

export async function followJoins({ room, feed, signal }) {
  let joins = []
  const handleJoin = (frame) => {
    if (frame.room !== room) return
    const { id, name } = frame.member.user
    joins = [...joins.filter((join) => join.id !== id), { id, name, at: Date.now() / 1000 }]
    feed.showJoins(joins)
  }
  const handleLeave = (frame) => {
    if (frame.room === room) feed.showJoins((joins = joins.filter(({ id }) => id !== frame.user)))
  }
  connection.on("member.joined", handleJoin, { signal })
  connection.on("member.left", handleLeave, { signal })
  try {
    const response = await fetchFragment(feed.dataset.joinsUrl)
    const { joins: earlier } = await response.json()
    const known = new Set(joins.map(({ id }) => id))
    joins = [...earlier.filter(({ id }) => !known.has(id)), ...joins]
    if (joins.length && !signal.aborted) feed.showJoins(joins)
  } catch {
    // The lines are no more than a courtesy.
  }
}
