// Read and update the links to rooms in the sidebar.
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

  showCounts(link, { unread, mentions }) {
    Object.assign(link.dataset, { unread, mentions })
    link.classList.toggle("nav-link--unread", unread > 0)
    const count = readCount(link)
    link.querySelector(".count").hidden = !count
    link.querySelector("[data-number]").textContent = count > 99 ? "99+" : count
  }

  // What is addressed to the user counts by message; other unread messages count one per room.
  computeTotal() {
    const unreadLinks = this.all.filter((link) => link.matches(".nav-link--unread"))
    const count = unreadLinks.reduce((sum, link) => sum + Math.max(1, readCount(link)), 0)
    return { count, isElsewhere: unreadLinks.some((link) => !isCurrent(link)) }
  }

  markDrafts(rooms) {
    for (const link of this.all) {
      link.querySelector("[data-draft]").hidden = !rooms.has(link.dataset.room) || isCurrent(link)
    }
  }
}

export const isCurrent = (link) => link.matches("[aria-current=page]")

const readCount = ({ dataset }) => Number(dataset.kind === "direct" ? dataset.unread : dataset.mentions)
