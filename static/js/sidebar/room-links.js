// Read and update the links to rooms in the sidebar.
import { currentUser } from "users/current-user"

export class RoomLinks {
  #sidebar

  constructor(sidebar) {
    this.#sidebar = sidebar
  }

  get all() {
    return [...this.#sidebar.querySelectorAll(".nav-link[data-room]")]
  }

  find(room) {
    return this.#sidebar.querySelector(`.nav-link[data-room="${CSS.escape(room)}"]`)
  }

  // Returns whether there is a link to it.
  showCurrent(room) {
    for (const link of this.all) {
      if (link.dataset.room === room) link.ariaCurrent = "page"
      else link.removeAttribute("aria-current")
    }
    return Boolean(this.find(room))
  }

  showCounts(link, { unread, mentions }) {
    Object.assign(link.dataset, { unread, mentions })
    link.classList.toggle("nav-link--unread", unread > 0 && !isMuted(link))
    const count = readCount(link)
    if (!count) return link.querySelector(".count")?.remove()
    const element = findOrAdd(link, ".count", link.dataset.kind === "direct" ? "direct-count" : "room-count")
    element.querySelector("[data-number]").textContent = count > 99 ? "99+" : count
  }

  // What is addressed to the user counts by message; other unread messages count one per room, where all count. Rooms
  // without a link here are counted by the server.
  computeTotal() {
    const hidden = Number(this.#sidebar.querySelector("[data-hidden-attention]").dataset.hiddenAttention)
    const counting = this.all.filter((link) => computeAttention(link) > 0)
    const count = counting.reduce((sum, link) => sum + computeAttention(link), hidden)
    return { count, isElsewhere: hidden > 0 || counting.some((link) => !isCurrent(link)) }
  }

  // In milliseconds since 1970, Infinity where nothing is muted for a time.
  get nextMuteEnd() {
    return Math.min(...this.all.filter(isMuted).map(({ dataset }) => Date.parse(dataset.mutedUntil)))
  }

  markDrafts(rooms) {
    for (const link of this.all) {
      if (rooms.has(link.dataset.room) && !isCurrent(link)) findOrAdd(link, "[data-draft]", "draft-mark")
      else link.querySelector("[data-draft]")?.remove()
    }
  }
}

export const isCurrent = (link) => link.matches("[aria-current=page]")

// One's own message reads what is before it; a card is read where nothing was unread before.
export const isReadAtOnce = ({ dataset }, { author, type }) =>
  type === "system" ? dataset.unread === "0" : author.id === currentUser.id

export const isMuted = (link) => "mutedUntil" in link.dataset

function readCount({ dataset: { kind, counts, unread, mentions } }) {
  if (counts === "nothing") return 0
  return Number(kind === "direct" && counts === "all" ? unread : mentions)
}

function computeAttention(link) {
  const { unread, counts, archived } = link.dataset
  if (Number(unread) === 0 || archived !== undefined) return 0
  return counts === "all" ? Math.max(1, readCount(link)) : readCount(link)
}

// The count stands last.
function findOrAdd(link, selector, template) {
  const found = link.querySelector(selector)
  if (found) return found
  const mark = document.getElementById(template).content.firstElementChild.cloneNode(true)
  const count = link.querySelector(".count")
  if (count) count.before(mark)
  else link.append(mark)
  return mark
}
