// The list of rooms, live: what is unread, who is here, which rooms came and went. It keeps its place between pages.
import { page } from "lib/api"
import { connection } from "lib/connection"
import { onDraftsChange, roomsWithDrafts } from "messages/drafts"
import { me } from "users/current-user"
import { correctPresence } from "users/presence"
import { showUnread } from "sidebar/unread-badge"

const SCROLL = "atrium.sidebar"

class RoomSidebar extends HTMLElement {
  #refresh = 0
  #welcomed = false

  connectedCallback() {
    this.#scroller.scrollTop = Number(sessionStorage.getItem(SCROLL) ?? 0)
    this.querySelector("[aria-current=page]")?.scrollIntoView({ block: "nearest" })
    addEventListener("pagehide", () => sessionStorage.setItem(SCROLL, this.#scroller.scrollTop))
    onDraftsChange(() => this.#markDrafts())
    connection.on("welcome", (frame) => this.#welcome(frame))
    connection.on("message.created", (frame) => this.#count(frame))
    connection.on("read", (frame) => frame.user === me.id && this.#show(frame.room, frame))
    for (const type of ["room.created", "room.updated", "room.removed"]) connection.on(type, () => this.#refreshSoon())
    this.#markDrafts()
    this.#total()
  }

  get #scroller() {
    return this.querySelector(".sidebar__scroll")
  }

  #link(room) {
    return this.querySelector(`.nav-link[data-room="${CSS.escape(room)}"]`)
  }

  // What changed between drawing the page and hearing of changes; presence is written down once a second.
  #welcome({ rooms }) {
    const known = new Map(rooms.map((room) => [room.id, room]))
    const links = [...this.querySelectorAll(".nav-link[data-room]")]
    const stale = links.some((link) => Number(link.dataset.version) !== known.get(link.dataset.room)?.version)
    this.#refreshSoon(this.#welcomed || stale ? 100 : 1200)
    this.#welcomed = true
  }

  #count({ room, version, message }) {
    const link = this.#link(room)
    if (!link) return this.#refreshSoon()
    link.dataset.version = version
    if (link.dataset.kind === "direct") link.closest("ul").prepend(link.closest("li"))
    if (message.author.id === me.id) return this.#show(room, { unread: 0, mentions: 0 })
    const current = link.matches("[aria-current=page]")
    if (current && document.querySelector("room-feed")?.isReading) return
    const mentioned = message.mentions.includes(me.id)
    this.#show(room, { unread: Number(link.dataset.unread) + 1, mentions: Number(link.dataset.mentions) + (mentioned ? 1 : 0) })
  }

  #show(room, { unread, mentions }) {
    const link = this.#link(room)
    if (!link) return
    Object.assign(link.dataset, { unread, mentions })
    link.classList.toggle("nav-link--unread", unread > 0)
    const number = numberOf(link)
    link.querySelector(".count").hidden = !number
    link.querySelector("[data-number]").textContent = number > 99 ? "99+" : number
    this.#total()
  }

  // What asks for somebody counts by message; a room that merely has news counts once.
  #total() {
    const unread = [...this.querySelectorAll(".nav-link--unread")]
    const count = unread.reduce((sum, link) => sum + Math.max(1, numberOf(link)), 0)
    showUnread({ count, any: count > 0, unreadIcon: new URL(this.dataset.unreadIcon, location).href })
    for (const dot of document.querySelectorAll("[data-unread-elsewhere]")) dot.hidden = unread.every((link) => link.matches("[aria-current=page]"))
  }

  #markDrafts() {
    const rooms = roomsWithDrafts()
    for (const link of this.querySelectorAll(".nav-link[data-room]")) {
      link.querySelector("[data-draft]").hidden = !rooms.has(link.dataset.room) || link.matches("[aria-current=page]")
    }
  }

  // Everybody hears of a new channel at once; they need not all ask at once.
  #refreshSoon(wait = 100) {
    if (wait < 1000) clearTimeout(this.#refresh)
    else if (this.#refresh) return
    this.#refresh = setTimeout(() => this.#reload(), wait + Math.random() * 300)
  }

  async #reload() {
    this.#refresh = 0
    if (!connection.isUp) return
    try {
      const response = await page(me.sidebarUrl + (this.dataset.room ? `?room=${this.dataset.room}` : ""))
      this.#draw(await response.text())
    } catch {
      // The next welcome tries again.
    }
  }

  #draw(html) {
    const top = this.#scroller.scrollTop
    const focused = this.#scroller.contains(document.activeElement) && document.activeElement.dataset.room
    const before = [...this.querySelectorAll(".nav-link[data-room]")].map(({ dataset }) => ({ ...dataset }))
    this.#scroller.innerHTML = html
    this.querySelector(`.nav-link[href="${CSS.escape(location.pathname)}"]`)?.setAttribute("aria-current", "page")
    // What was said since the server drew this has been counted here already.
    for (const old of before) if (Number(old.version) > Number(this.#link(old.room)?.dataset.version)) this.#show(old.room, old)
    this.#scroller.scrollTop = top
    if (focused) this.#link(focused)?.focus()
    if (document.querySelector("room-feed")?.isReading) this.#show(this.dataset.room, { unread: 0, mentions: 0 })
    correctPresence(this.#scroller)
    this.#markDrafts()
    this.#total()
  }
}

const numberOf = ({ dataset }) => Number(dataset.kind === "direct" ? dataset.unread : dataset.mentions)

customElements.define("room-sidebar", RoomSidebar)
