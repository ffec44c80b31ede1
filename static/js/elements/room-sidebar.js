// <room-sidebar>: the list of rooms, live: what is unread, which rooms were added or removed, where drafts are.
import { fetchFragment, readText } from "lib/api"
import { connection } from "lib/connection"
import { whenReleased } from "lib/press"
import { listRoomsWithDrafts, onDraftedRoomsChange } from "messages/drafted-rooms"
import { redrawCount } from "notifications/bell-count"
import { keepScroll } from "sidebar/kept-scroll"
import { callAt } from "sidebar/mute-end"
import { RELOADING_EVENTS, ReloadTimer } from "sidebar/reload-timer"
import { RoomLinks, isCurrent, isMuted, isReadAtOnce } from "sidebar/room-links"
import { showTotal } from "sidebar/unread-badge"
import { currentUser } from "users/current-user"
import { correctPresence } from "users/presence"

const RELOAD_DELAY = 100
// Nothing has changed as far as versions tell; presence is written to the database once a second.
const FIRST_RELOAD_DELAY = 1200
const NOTHING_UNREAD = { unread: 0, mentions: 0 }

class RoomSidebar extends HTMLElement {
  #links = new RoomLinks(this)
  #reloadTimer = new ReloadTimer(() => this.#reload())
  #wasWelcomed = false
  #asked = 0
  #shown = 0

  connectedCallback() {
    keepScroll(this.#scroller)
    onDraftedRoomsChange(() => this.#markDrafts())
    connection.on("welcome", (frame) => this.#handleWelcome(frame))
    connection.on("message.created", (frame) => this.#countMessage(frame))
    connection.on("read", (frame) => frame.user === currentUser.id && this.#showCounts(frame.room, frame))
    for (const type of RELOADING_EVENTS) connection.on(type, () => this.#reloadTimer.start(RELOAD_DELAY))
    this.#markDrafts()
    this.#showTotal()
  }

  // A room has taken the place of another without a page being loaded.
  showRoom(room) {
    this.dataset.room = room
    if (!this.#links.showCurrent(room)) this.#reloadTimer.start(RELOAD_DELAY)
    this.#markDrafts()
    this.#showTotal()
  }

  get #scroller() { return this.querySelector(".sidebar__scroll") }

  // Reloads what may have changed before the page heard of changes.
  #handleWelcome({ rooms }) {
    const versions = new Map(rooms.map(({ id, version }) => [id, version]))
    const isStale = this.#links.all.some(({ dataset }) => Number(dataset.version) !== versions.get(dataset.room))
    this.#reloadTimer.start(this.#wasWelcomed || isStale ? RELOAD_DELAY : FIRST_RELOAD_DELAY)
    this.#wasWelcomed = true
  }

  #countMessage({ room, version, message }) {
    const link = this.#links.find(room)
    if (!link) return this.#reloadTimer.start(RELOAD_DELAY)
    link.dataset.version = version
    if (message.seq === null) return // a reply in a thread alone
    if (!isMuted(link)) link.closest("[data-newest-first]")?.prepend(link.closest("li"))
    if (isReadAtOnce(link, message)) return this.#showCounts(room, NOTHING_UNREAD)
    if (isCurrent(link) && isReadingFeed()) return
    const isMentioned = message.broadcast !== null || message.mentions.includes(currentUser.id)
    const { unread, mentions } = link.dataset
    this.#showCounts(room, { unread: Number(unread) + 1, mentions: Number(mentions) + (isMentioned ? 1 : 0) })
  }

  #showCounts(room, counts) {
    const link = this.#links.find(room)
    if (!link) return
    this.#links.showCounts(link, counts)
    this.#showTotal()
  }

  #showTotal() {
    showTotal(this.#links.computeTotal(), new URL(this.dataset.unreadIcon, location).href)
    callAt(this.#links.nextMuteEnd, () => this.#reload())
  }

  #markDrafts() { this.#links.markDrafts(listRoomsWithDrafts()) }

  // Of answers that overtake each other the one that was asked for last stays.
  async #reload() {
    if (!connection.isUp) return
    const asked = ++this.#asked
    try {
      const query = this.dataset.room ? `?room=${this.dataset.room}` : ""
      const html = await readText(await fetchFragment(currentUser.sidebarUrl + query))
      if (asked < this.#shown) return
      this.#shown = asked
      whenReleased(() => this.#shown === asked && this.#replaceContent(html))
    } catch {
      // The next welcome reloads again.
    }
  }

  #replaceContent(html) {
    const scroller = this.#scroller, { scrollTop } = scroller
    const focusedRoom = scroller.contains(document.activeElement) && document.activeElement.dataset.room
    const before = this.#links.all.map(({ dataset }) => ({ ...dataset }))
    scroller.innerHTML = html
    this.querySelector(`.nav-link[href="${CSS.escape(location.pathname)}"]`)?.setAttribute("aria-current", "page")
    if (this.dataset.room) this.#links.showCurrent(this.dataset.room)
    // Messages that arrived while the server rendered this have been counted here already.
    for (const { room, version, ...counts } of before) {
      if (Number(version) > Number(this.#links.find(room)?.dataset.version)) this.#showCounts(room, counts)
    }
    scroller.scrollTop = scrollTop
    if (focusedRoom) this.#links.find(focusedRoom)?.focus()
    if (isReadingFeed()) this.#showCounts(this.dataset.room, NOTHING_UNREAD)
    correctPresence(scroller)
    redrawCount()
    this.#markDrafts()
    this.#showTotal()
  }
}

const isReadingFeed = () => document.querySelector("room-feed")?.isReading
customElements.define("room-sidebar", RoomSidebar)
