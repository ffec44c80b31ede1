// A room: its feed, its composer, and what happens to the room itself while it is open.
import { Refused, api } from "lib/api"
import { connection } from "lib/connection"
import { me } from "users/current-user"
import { followMembers, lookWhoIsHere } from "rooms/members"
import { followPins } from "rooms/pins"
import { toastOnNextPage } from "lib/toast"
import { renameTitle } from "sidebar/unread-badge"
import { gettext, interpolate } from "lib/i18n"
import "elements/room-feed"
import "elements/room-composer"

const { room, archived, read } = document.querySelector("room-feed").dataset
const all = (name) => document.querySelectorAll(`[data-${name}]`)
let met = false

connection.on("room.removed", (frame) => frame.room === room && leave())
connection.on("room.updated", (frame) => frame.room.id === room && become(frame.room))
connection.on("welcome", ({ rooms }) => {
  const inside = rooms.some(({ id }) => id === room)
  if (read !== undefined && !inside) leave()
  else if (met) lookAgain()
  met = true
})

async function leave() {
  const name = all("room-name")[0].textContent.trim()
  const home = await fetch(me.homeUrl, { method: "HEAD" }).catch(() => null)
  // Perhaps the whole organisation is closed to them now.
  toastOnNextPage(interpolate(gettext("You are no longer in %(name)s."), { name: home?.status === 404 ? me.organisationName : name }))
  location.replace(home?.ok ? me.homeUrl : "/")
}

function become(now) {
  // Another composer belongs to an archived room; drafts and the outbox survive the reload.
  if (Boolean(now.archived_at) !== (archived === "true")) return location.reload()
  if (now.kind === "direct") return
  for (const name of all("room-name")) name.textContent = now.name
  for (const topic of all("room-topic")) topic.textContent = now.topic
  document.querySelector("room-composer")?.rename(now.name)
  renameTitle(`${now.name} - ${me.organisationName}`)
}

// Nobody told what became of it while the line was down, nor who came and went; its version doesn't count that.
async function lookAgain() {
  try {
    become(await api("GET", `/rooms/${room}`))
    lookWhoIsHere()
  } catch (error) {
    if (error instanceof Refused && error.status === 404) leave()
    // Otherwise the next welcome asks again.
  }
}

followMembers(room)
followPins(room)
