// The feed of one room: opens where reading stopped, follows the room live, and keeps its promises about order and place.
import { announce } from "messages/announcer"
import { connection } from "lib/connection"
import { FeedList } from "messages/feed-list"
import { FeedPager } from "messages/feed-pager"
import { JumpButton } from "messages/jump-button"
import { me } from "users/current-user"
import { MessageActions } from "messages/message-actions"
import { outbox } from "messages/outbox"
import { PendingBubbles } from "messages/optimistic-messages"
import { ReadMarker } from "messages/read-marker"
import { RoomSync } from "messages/room-sync"
import { ScrollManager } from "messages/scroll-manager"

const isTrue = (text) => text === "true"

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
    this.#actions = new MessageActions(this, {
      rights: { room, me: me.id, canWrite: isTrue(canWrite), administers: isTrue(administers), isMember: read !== undefined },
      changed: (version) => this.#sync.expectSoon(version),
      leaveUnread: (item) => this.#leaveUnread(item),
    })
    this.#scroll = new ScrollManager(this)
    this.#list = new FeedList(this.querySelector(".feed"), {
      hasOlder: isTrue(hasOlder),
      hasNewer: isTrue(hasNewer),
      decorate: (item) => this.#actions.decorate(item),
    })
    const [list, scroll] = [this.#list, this.#scroll]
    this.#sync = new RoomSync({ url: changesUrl, version: Number(version), apply: (html) => this.#apply(html), reload: () => this.#reload() })
    this.#pager = new FeedPager(this, { url: feedUrl, list, scroll })
    this.#jump = new JumpButton(this, { list, scroll, go: () => this.showLatest() })
    this.dataset.live = ""
    // A visitor who has not joined reads what is there, and hears nothing.
    if (read !== undefined) this.#follow(room, Number(read))
    this.#open()
  }

  // At the bottom of a page that can be seen: what arrives is read as it arrives.
  get isReading() {
    return !document.hidden && !this.#marker?.isHeld && !this.#list.hasNewer && this.#scroll.isAtBottom
  }

  async showLatest() {
    if (this.#list.hasNewer) await this.#reload()
    this.#scroll.toBottom()
    this.#jump.update()
    this.#marker?.look()
  }

  editLast() {
    return this.#actions.edit(this.#list.items.findLast((item) => item.matches("[data-mine]") && item.querySelector("[data-action=edit]")))
  }

  #open() {
    const target = this.querySelector("[data-target]")
    const divider = this.querySelector(".feed__new")
    this.#scroll.toBottom()
    if (target) this.#scroll.show(target)
    else if (divider) this.#scroll.show(divider, "top")
    this.#pager.fill()
    this.#jump.update()
    this.#marker?.look()
  }

  #follow(room, read) {
    this.#marker = new ReadMarker({ room, seq: read, lastSeq: () => this.#list.lastSeq, isReading: () => this.isReading })
    this.addEventListener("scroll", () => this.#marker.look(), { passive: true })
    const toLatest = async () => this.#list.hasNewer && this.#reload()
    new PendingBubbles(this, { room, list: this.#list, scroll: this.#scroll, sync: this.#sync, toLatest })
    for (const type of ["message.created", "message.updated", "message.deleted"]) {
      connection.on(type, (frame) => frame.room === room && this.#receive(frame))
    }
    this.#sync.hearWelcomes(room)
  }

  #receive({ type, version, message, html }) {
    if (type === "message.created" && message.author.id === me.id) this.#marker.release()
    this.#apply(html)
    this.#sync.heard(version)
    if (type !== "message.created" || message.author.id === me.id) return
    announce(`${message.author.name}: ${this.#list.find(message.id)?.querySelector(".message__body").innerText ?? message.content}`)
    if (document.hidden && message.seq === this.#marker.seq + 1) this.#list.divideBefore(message.id)
  }

  #apply(html) {
    this.#scroll.keepingPlace(() => {
      const added = this.#list.merge(html)
      const mine = ({ dataset }) => dataset.author === me.id
      added.filter(mine).forEach(({ dataset }) => dataset.clientId && outbox.settle(dataset.clientId))
      this.#jump.arrived(added.filter((item) => !mine(item)).length)
    })
    this.#pager.fill()
    this.#marker?.look()
  }

  async #leaveUnread({ dataset }) {
    await this.#marker.leaveUnread(Number(dataset.seq))
    this.#list.divideBefore(dataset.id)
  }

  async #reload() {
    const { version } = this.#sync
    await this.#pager.restart()
    // What arrived meanwhile may have had no place in the old page and been too late for the new one.
    this.#sync.rewind(version)
  }
}

customElements.define("room-feed", RoomFeed)
