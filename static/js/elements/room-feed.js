// The feed of one room: opens where reading stopped, follows the room live, and keeps its promises about order and place.
import { announce } from "lib/announcer"
import { page } from "lib/api"
import { connection } from "lib/connection"
import { FeedList } from "lib/feed-list"
import { FeedPager } from "lib/feed-pager"
import { JumpButton } from "lib/jump-button"
import { me } from "lib/me"
import { MessageActions } from "lib/message-actions"
import { outbox } from "lib/outbox"
import { drawPending, showPending } from "lib/pending"
import { ReadMarker } from "lib/read-marker"
import { RoomSync } from "lib/room-sync"
import { ScrollManager } from "lib/scroll-manager"

class RoomFeed extends HTMLElement {
  #list
  #scroll
  #pager
  #sync
  #actions
  #marker
  #jump

  connectedCallback() {
    const { room, feedUrl, changesUrl, version, read, hasOlder, hasNewer, canWrite, administers } = this.dataset
    this.#actions = new MessageActions(this, { room, me: me.id, canWrite: canWrite === "true", administers: administers === "true" })
    this.#scroll = new ScrollManager(this)
    this.#list = new FeedList(this.querySelector(".feed"), {
      hasOlder: hasOlder === "true",
      hasNewer: hasNewer === "true",
      decorate: (item) => this.#actions.decorate(item),
    })
    this.#sync = new RoomSync({ url: changesUrl, version: Number(version), apply: (html) => this.#apply(html), reload: () => this.#reload() })
    this.#pager = new FeedPager(this, { url: feedUrl, list: this.#list, scroll: this.#scroll })
    this.#jump = new JumpButton(this, { list: this.#list, scroll: this.#scroll, go: () => this.showLatest() })
    this.dataset.live = ""
    for (const entry of outbox.entries(room)) this.#draw(entry)
    this.#open()
    if (read === undefined) return
    this.#marker = new ReadMarker({ room, seq: Number(read), lastSeq: () => this.#list.lastSeq, isReading: () => this.isReading })
    this.addEventListener("scroll", () => this.#marker.look(), { passive: true })
    this.#marker.look()
    this.#listen(room)
  }

  // At the bottom of a page that can be seen: what arrives is read as it arrives.
  get isReading() {
    return !document.hidden && !this.#list.hasNewer && this.#scroll.isAtBottom
  }

  async showLatest() {
    if (this.#list.hasNewer) await this.#reload()
    this.#scroll.toBottom()
    this.#jump.update()
    this.#marker?.look()
  }

  editLast() {
    return this.#actions.edit(this.#list.items.findLast((item) => item.querySelector("[data-action=edit]")))
  }

  #open() {
    const target = this.querySelector("[data-target]")
    const divider = this.querySelector(".feed__new")
    this.#scroll.toBottom()
    if (target) this.#scroll.show(target)
    else if (divider) this.#scroll.show(divider, "top")
    this.#pager.fill()
    this.#jump.update()
  }

  #listen(room) {
    const here = (frame) => frame.room === room
    for (const type of ["message.created", "message.updated", "message.deleted"]) {
      connection.on(type, (frame) => here(frame) && this.#receive(frame))
    }
    connection.on("welcome", ({ rooms }) => this.#sync.behind(rooms.find(({ id }) => id === room)?.version ?? 0))
    outbox.on("added", (entry) => here(entry) && this.#send(entry))
    outbox.on("changed", (entry) => here(entry) && this.#restate(entry))
    outbox.on("sent", (entry) => here(entry) && this.#sent(entry))
    outbox.on("gone", ({ clientId }) => this.#list.find(clientId)?.matches("[data-pending]") && this.#drop(clientId))
    for (const type of ["up", "down"]) connection.addEventListener(type, () => outbox.entries(room).forEach((entry) => this.#restate(entry)))
    this.addEventListener("click", (event) => {
      const { clientId } = event.target.closest("[data-pending]")?.dataset ?? {}
      if (event.target.closest("[data-retry]")) outbox.retry(clientId)
      if (event.target.closest("[data-discard]")) outbox.discard(clientId)
    })
  }

  #receive({ type, version, message, html }) {
    const away = document.hidden
    this.#apply(html)
    this.#sync.heard(version)
    if (type !== "message.created" || message.author.id === me.id) return
    announce(`${message.author.name}: ${this.#list.find(message.id)?.querySelector(".message__body").innerText ?? message.content}`)
    if (away) this.#divide(message)
  }

  #apply(html) {
    this.#scroll.keepingPlace(() => {
      const added = this.#list.merge(html)
      added.filter(({ dataset }) => dataset.clientId && dataset.author === me.id).forEach(({ dataset }) => outbox.settle(dataset.clientId))
      this.#jump.arrived(added.filter((item) => item.dataset.author !== me.id).length)
    })
    this.#pager.fill()
    this.#marker?.look()
  }

  async #reload() {
    const response = await page(this.dataset.feedUrl)
    const html = await response.text()
    const edge = (name) => response.headers.get(name) === "true"
    this.#list.replaceAll(html, { hasOlder: edge("X-Has-Older"), hasNewer: edge("X-Has-Newer") })
    this.querySelector(".feed__start").hidden = this.#list.hasOlder
  }

  // Where somebody stopped looking while the page stayed open.
  #divide(message) {
    const item = this.#list.find(message.id)
    const divider = this.querySelector(".feed__new") ?? document.getElementById("new-divider").content.firstElementChild.cloneNode(true)
    if (!item || message.seq - 1 !== this.#marker.seq) return
    item.before(divider)
    this.#list.arrange()
  }

  async #send(entry) {
    if (this.#list.hasNewer) await this.#reload().catch(() => {})
    this.#draw(entry)
    this.#scroll.toBottom()
    this.querySelector(".feed__start")?.toggleAttribute("data-used", true)
  }

  #draw(entry) {
    if (this.#list.sentAs(entry.clientId)) return outbox.settle(entry.clientId)
    if (!this.#list.find(entry.clientId)) this.#list.appendPending(drawPending(document.getElementById("message-template"), entry))
  }

  #restate(entry) {
    const item = this.#list.find(entry.clientId)
    if (item?.matches("[data-pending]")) this.#scroll.keepingPlace(() => showPending(item, entry))
  }

  #sent(entry) {
    this.#restate({ ...entry, refusal: null, sent: true })
    if (!this.#list.find(entry.message.id)) this.#sync.heard(entry.message.version)
    if (!this.#list.find(entry.message.id)) this.#sync.catchUp()
  }

  #drop(clientId) {
    this.#list.find(clientId)?.remove()
    this.#list.arrange()
    this.#sync.catchUp()
  }
}

customElements.define("room-feed", RoomFeed)
