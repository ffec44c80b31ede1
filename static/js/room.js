// A room: its feed, its composer, and what happens to the room itself while it is open.
import { connection } from "lib/connection"
import { me } from "lib/me"
import { followMembers } from "lib/members"
import { followPins } from "lib/pins"
import { toastOnNextPage } from "lib/toast"
import { renameTitle } from "lib/unread-badge"
import "elements/room-feed"
import "elements/room-composer"

const { room, archived } = document.querySelector("room-feed").dataset
const all = (name) => document.querySelectorAll(`[data-${name}]`)

connection.on("room.removed", async (frame) => {
  if (frame.room !== room) return
  toastOnNextPage(`You are no longer in ${all("room-name")[0].textContent.trim()}.`)
  // Perhaps the whole organisation is closed to them now.
  const home = await fetch(me.homeUrl, { method: "HEAD" }).then(({ ok }) => ok, () => false)
  location.replace(home ? me.homeUrl : "/")
})

connection.on("room.updated", ({ room: now }) => {
  if (now.id !== room) return
  // Another composer belongs to an archived room; drafts and the outbox survive the reload.
  if (Boolean(now.archived_at) !== (archived === "true")) return location.reload()
  if (now.kind === "direct") return
  for (const name of all("room-name")) name.textContent = now.name
  for (const topic of all("room-topic")) topic.textContent = now.topic
  document.querySelector("room-composer")?.rename(now.name)
  renameTitle(`${now.name} - ${me.organisationName}`)
})

followMembers(room)
followPins(room)
