// Tell in the feed who has joined the room: lately, and while the page is open.
import { fetchFragment } from "lib/api"
import { connection } from "lib/connection"

export async function followJoins(room) {
  const feed = document.querySelector("room-feed")
  let joins = []
  connection.on("member.joined", (frame) => {
    if (frame.room !== room) return
    const { id, name } = frame.member.user
    joins = [...joins.filter((join) => join.id !== id), { id, name, at: Date.now() / 1000 }]
    feed.showJoins(joins)
  })
  connection.on("member.left", (frame) => {
    if (frame.room === room) feed.showJoins((joins = joins.filter(({ id }) => id !== frame.user)))
  })
  try {
    const response = await fetchFragment(feed.dataset.joinsUrl)
    const { joins: earlier } = await response.json()
    const known = new Set(joins.map(({ id }) => id))
    joins = [...earlier.filter(({ id }) => !known.has(id)), ...joins]
    if (joins.length) feed.showJoins(joins)
  } catch {
    // The lines are no more than a courtesy.
  }
}
