// Keep the count of the room's members and their first few avatars up to date.
import { fetchFragment } from "lib/api"
import { connection } from "lib/connection"
import { ngettext } from "lib/i18n"
import { refreshPanel } from "rooms/panel"

// Every member hears of a change at once; a random delay in milliseconds spreads their requests.
const MAX_DELAY = 300

let changeCount = 0
let isRefreshing = false

export function followMembers({ room, signal }) {
  const on = (type, handle) => connection.on(type, (frame) => frame.room === room && handle(frame), { signal })
  on("member.joined", () => changeCountBy(1, hasSpaceForAvatar()))
  on("member.left", ({ user }) => changeCountBy(-1, listAvatarUsers().includes(user)))
  on("member.updated", () => refreshPanel())
  on("room.settings", () => refreshPanel())
}

// Repeats until nothing has changed between the request and the answer.
export async function refreshMembers() {
  const bar = document.querySelector("[data-members-url]")
  if (!bar || isRefreshing) return
  isRefreshing = true
  let countBefore
  try {
    do {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * MAX_DELAY))
      countBefore = changeCount
      const response = await fetchFragment(bar.dataset.membersUrl)
      bar.innerHTML = await response.text()
      // Another room may be shown by now.
      if (!bar.isConnected) break
      showCount(Number(bar.querySelector("[data-member-count]").textContent))
    } while (countBefore !== changeCount)
  } catch {
    // The next welcome refreshes again.
  }
  isRefreshing = false
}

const findStack = () => document.querySelector(".members-button .avatar-stack")?.dataset
const listAvatarUsers = () => findStack()?.users.split(" ").filter(Boolean) ?? []
const hasSpaceForAvatar = () => listAvatarUsers().length < Number(findStack()?.limit)

function changeCountBy(step, affectsAvatars) {
  changeCount++
  showCount(Number(document.querySelector("[data-member-count]")?.textContent) + step)
  if (affectsAvatars) refreshMembers()
  refreshPanel()
}

function showCount(count) {
  for (const number of document.querySelectorAll("[data-member-count]")) number.textContent = count
  const noun = ngettext("member", "members", count)
  for (const word of document.querySelectorAll("[data-member-word]")) word.textContent = noun
}
