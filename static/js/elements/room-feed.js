// <room-feed>: the messages of a room or, with `data-thread`, the replies in a thread, live, from the first unread one.
import { followMessages } from "messages/feed-events"
import { FeedList } from "messages/feed-list"
import { FeedPager } from "messages/feed-pager"
import { FeedPlaces } from "messages/feed-places"
import { JumpButton } from "messages/jump-button"
import { MessageActions } from "messages/message-actions"
import { MessagePermissions } from "messages/message-permissions"
import { OptimisticMessages } from "messages/optimistic-messages"
import { removeEntry } from "messages/outbox-entries"
import { refreshQuotes } from "messages/quotes"
import { ReadMarker } from "messages/read-marker"
import { buildReadMark } from "messages/read-marks"
import { RoomSync } from "messages/room-sync"
import { ScrollManager } from "messages/scroll-manager"
import { acceptReply, acceptRoomMessage, prepareThread, replaceRoot } from "messages/thread-items"
import { UnreadButton } from "messages/unread-button"
import { currentUser } from "users/current-user"

class RoomFeed extends HTMLElement {
  #list
  #scroll
  #pager
  #sync
  #actions
  #marker = null // only for members
  #jumpButton
  #unreadButton = null // only for members
  #removal = new AbortController()

  connectedCallback() {
    const { room, thread = null, feedUrl, changesUrl, version, read } = this.dataset
    const { signal } = this.#removal
    const scroll = (this.#scroll = new ScrollManager(this))
    this.#actions = new MessageActions(this, {
      room,
      permissions: new MessagePermissions(this.dataset),
      onChange: (version) => this.#sync.requireVersionSoon(version),
      markUnreadFrom: (item) => this.#marker.markUnreadFrom(item),
      keepPlace: (change) => scroll.preservePosition(change),
      signal,
    })
    const decorate = (item) => this.#actions.decorate(item)
    if (thread) prepareThread(this, decorate)
    const accept = thread ? (item) => acceptReply(item, thread) : acceptRoomMessage
    const edges = { hasOlder: this.dataset.hasOlder === "true", hasNewer: this.dataset.hasNewer === "true" }
    const list = (this.#list = new FeedList(this.querySelector(".feed"), { ...edges, decorate, accept, signal }))
    const changes = { apply: this.#applyChanges, reload: this.#reload }
    this.#sync = new RoomSync({ url: changesUrl, version: +version, ...changes, signal })
    this.#pager = new FeedPager(this, { url: feedUrl, list, scroll })
    this.places = new FeedPlaces(this, { list, scroll, pager: this.#pager, sync: this.#sync, read: Number(read) })
    this.#jumpButton = new JumpButton(this, { list, scroll, onClick: () => this.#showLatest(), signal })
    this.dataset.live = ""
    // A visitor who has not joined the room gets no events of it.
    if (read !== undefined) this.#followRoom({ room, thread }, Number(read), signal)
    scroll.scrollToStart()
    this.#jumpButton.update()
    this.#pager.start(signal)
    this.#marker?.scheduleUpdate()
  }

  // What arrives at the bottom of a visible page is read as it arrives.
  get isReading() {
    return !document.hidden && !this.#marker?.isPaused && !this.#list.hasNewer && this.#scroll.isAtBottom
  }

  disconnectedCallback() {
    this.#removal.abort()
  }

  editLastMessage() { return this.#actions.editLast(this.#list.items) }

  requireVersion(version) { this.#sync.requireVersion(version) }

  showSystemMessages(messages) {
    this.#scroll.preservePosition(() => this.#list.showSystemMessages(messages))
  }

  #followRoom(place, seq, signal) {
    const [list, scroll, sync] = [this.#list, this.#scroll, this.#sync]
    const [mark, isReading] = [buildReadMark(place), () => this.isReading]
    const marker = (this.#marker = new ReadMarker({ seq, list, mark, isReading, signal }))
    const hasUnread = () => list.hasNewer || list.lastSeq > marker.seq
    this.#unreadButton = new UnreadButton(this, { places: this.places, hasUnread, signal })
    this.addEventListener("scroll", () => marker.scheduleUpdate(), { passive: true })
    new OptimisticMessages(this, { place, list, scroll, sync, showLatest: () => this.#showLatest(), signal })
    followMessages(place.room, { list, sync, marker, apply: this.#applyChanges, signal })
    sync.catchUpOnWelcome(place.room)
  }

  async #showLatest() {
    this.#unreadButton?.skip()
    if (this.#list.hasNewer) await this.#reload()
    this.#scroll.scrollToBottom()
    this.#jumpButton.update()
    this.#marker?.scheduleUpdate()
  }

  #applyChanges = (html) => {
    this.#scroll.preservePosition(() => {
      if (this.dataset.thread) replaceRoot(this, html, (item) => this.#actions.decorate(item))
      const added = this.#list.merge(html)
      refreshQuotes(this, html)
      const isOwn = ({ dataset }) => dataset.author === currentUser.id
      for (const { dataset } of added.filter(isOwn)) if (dataset.clientId) removeEntry(dataset.clientId)
      this.#jumpButton.addArrived(added.filter((item) => !isOwn(item)).length)
    })
    this.#pager.loadAhead()
    this.#marker?.scheduleUpdate()
  }

  #reload = async () => {
    const { version } = this.#sync
    await this.#pager.loadLatest()
    // An event that arrived meanwhile may have had no place in the old page and been too late for the new one.
    this.#sync.rewindTo(version)
  }
}

customElements.define("room-feed", RoomFeed)
