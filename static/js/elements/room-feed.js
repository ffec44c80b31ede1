// <room-feed>: the messages of one room. Opens at the first unread message, follows the room live, loads older ones.
import { connection } from "lib/connection"
import { announceMessage } from "messages/announcer"
import { FeedList } from "messages/feed-list"
import { FeedPager } from "messages/feed-pager"
import { JumpButton } from "messages/jump-button"
import { MessageActions } from "messages/message-actions"
import { OptimisticMessages } from "messages/optimistic-messages"
import { removeEntry } from "messages/outbox-entries"
import { ReadMarker } from "messages/read-marker"
import { RoomSync } from "messages/room-sync"
import { ScrollManager } from "messages/scroll-manager"
import { currentUser } from "users/current-user"

const MESSAGE_EVENTS = ["message.created", "message.updated", "message.deleted"]

class RoomFeed extends HTMLElement {
  #list
  #scroll
  #pager
  #sync
  #actions
  #marker = null // only for members
  #jumpButton

  connectedCallback() {
    const { room, feedUrl, changesUrl, version, read } = this.dataset
    const isMember = read !== undefined
    const isTrue = (name) => this.dataset[name] === "true"
    this.#actions = new MessageActions(this, {
      room,
      permissions: { canWrite: isTrue("canWrite"), administers: isTrue("administers"), isMember },
      onChange: (version) => this.#sync.requireVersionSoon(version),
      markUnreadFrom: (item) => this.#markUnreadFrom(item),
    })
    const scroll = (this.#scroll = new ScrollManager(this))
    const list = (this.#list = new FeedList(this.querySelector(".feed"), {
      hasOlder: isTrue("hasOlder"),
      hasNewer: isTrue("hasNewer"),
      decorate: (item) => this.#actions.decorate(item),
    }))
    const [apply, reload] = [(html) => this.#applyChanges(html), () => this.#reload()]
    this.#sync = new RoomSync({ url: changesUrl, version: Number(version), apply, reload })
    this.#pager = new FeedPager(this, { url: feedUrl, list, scroll })
    this.#jumpButton = new JumpButton(this, { list, scroll, onClick: () => this.#showLatest() })
    this.dataset.live = ""
    // A visitor who has not joined the room gets no events of it.
    if (isMember) this.#followRoom(room, Number(read))
    scroll.scrollToStart()
    this.#jumpButton.update()
    this.#pager.loadAhead()
    this.#marker?.scheduleUpdate()
  }

  // What arrives at the bottom of a visible page is read as it arrives.
  get isReading() {
    return !document.hidden && !this.#marker?.isPaused && !this.#list.hasNewer && this.#scroll.isAtBottom
  }

  editLastMessage() {
    return this.#actions.editLast(this.#list.items)
  }

  showJoins(joins) {
    this.#scroll.preservePosition(() => this.#list.showJoins(joins))
  }

  #followRoom(room, seq) {
    const [list, scroll, sync] = [this.#list, this.#scroll, this.#sync]
    this.#marker = new ReadMarker({ room, seq, readLastSeq: () => list.lastSeq, isReading: () => this.isReading })
    this.addEventListener("scroll", () => this.#marker.scheduleUpdate(), { passive: true })
    new OptimisticMessages(this, { room, list, scroll, sync, showLatest: () => this.#showLatest() })
    for (const type of MESSAGE_EVENTS) connection.on(type, (frame) => frame.room === room && this.#handleEvent(frame))
    sync.catchUpOnWelcome(room)
  }

  async #showLatest() {
    if (this.#list.hasNewer) await this.#reload()
    this.#scroll.scrollToBottom()
    this.#jumpButton.update()
    this.#marker?.scheduleUpdate()
  }

  #handleEvent({ type, version, message, html }) {
    const isNew = type === "message.created"
    const isOwn = message.author.id === currentUser.id
    // Whoever writes has seen what there is.
    if (isNew && isOwn) this.#marker.resume()
    this.#applyChanges(html)
    this.#sync.recordVersion(version)
    if (!isNew || isOwn) return
    announceMessage(message, this.#list.find(message.id))
    if (document.hidden && message.seq === this.#marker.seq + 1) this.#list.placeUnreadDivider(message.id)
  }

  #applyChanges(html) {
    this.#scroll.preservePosition(() => {
      const added = this.#list.merge(html)
      const isOwn = ({ dataset }) => dataset.author === currentUser.id
      for (const { dataset } of added.filter(isOwn)) if (dataset.clientId) removeEntry(dataset.clientId)
      this.#jumpButton.addArrived(added.filter((item) => !isOwn(item)).length)
    })
    this.#pager.loadAhead()
    this.#marker?.scheduleUpdate()
  }

  async #markUnreadFrom({ dataset }) {
    await this.#marker.markUnreadFrom(Number(dataset.seq))
    this.#list.placeUnreadDivider(dataset.id)
  }

  async #reload() {
    const { version } = this.#sync
    await this.#pager.loadLatest()
    // An event that arrived meanwhile may have had no place in the old page and been too late for the new one.
    this.#sync.rewindTo(version)
  }
}

customElements.define("room-feed", RoomFeed)
