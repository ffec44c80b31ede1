// How many are in the room, and the faces of the first few.
import { page } from "lib/api"
import { connection } from "lib/connection"
import { refreshPanel } from "rooms/panel"
import { ngettext } from "lib/i18n"

// Everybody inside hears of it at once; they need not all ask at once.
const SPREAD = 300

let changes = 0
let drawing = false

export function followMembers(room) {
  const here = (handle) => (frame) => frame.room === room && handle(frame)
  connection.on("member.joined", here(() => change(1, hasPlace())))
  connection.on("member.left", here(({ user }) => change(-1, faces().includes(user))))
  connection.on("member.updated", here(() => refreshPanel()))
}

const all = (name) => document.querySelectorAll(`[data-${name}]`)
const stack = () => document.querySelector(".members-button .avatar-stack")?.dataset
const faces = () => stack()?.users.split(" ").filter(Boolean) ?? []
const hasPlace = () => faces().length < Number(stack()?.limit)

function change(step, shows) {
  changes++
  count(Number(all("member-count")[0]?.textContent) + step)
  if (shows) lookWhoIsHere()
  refreshPanel()
}

function count(members) {
  for (const place of all("member-count")) place.textContent = members
  for (const word of all("member-word")) word.textContent = ngettext("member", "members", members)
}

// Until nothing has changed between question and answer.
export async function lookWhoIsHere() {
  const [bar] = all("members-url")
  if (!bar || drawing) return
  drawing = true
  let seen
  try {
    do {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * SPREAD))
      seen = changes
      const response = await page(bar.dataset.membersUrl)
      bar.innerHTML = await response.text()
      count(Number(bar.querySelector("[data-member-count]").textContent))
    } while (seen !== changes)
  } catch {
    // The next welcome asks again.
  }
  drawing = false
}
