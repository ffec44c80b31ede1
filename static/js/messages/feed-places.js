// Places in a feed: where the reader is, for Back and Forward between rooms; the first unread message; a day.
import { readSeq } from "messages/feed-items"

// Of the visible part, above what was gone to.
const MARGIN = 0.2

export class FeedPlaces {
  #feed
  #list
  #pager
  #scroll
  #sync
  #read

  // `read`: the seq up to which the user had read when the feed came; NaN for visitors.
  constructor(feed, { list, pager, scroll, sync, read }) {
    this.#feed = feed
    this.#list = list
    this.#pager = pager
    this.#scroll = scroll
    this.#sync = sync
    this.#read = read
  }

  // { id, seq, top } of the first message in view, in pixels from the upper edge; null at the newest message.
  read() {
    if (this.#scroll.isAtBottom && !this.#list.hasNewer) return null
    const { item, top } = this.#scroll.readAnchor()
    return item && { id: item.dataset.id, seq: readSeq(item), top }
  }

  // Without a place the feed stays where it is: at the first unread message, or at its end.
  async restore(place) {
    if (!place) return
    if (!this.#list.find(place.id)) await this.#load(() => this.#pager.loadAround(place.seq))
    const item = this.#list.find(place.id)
    if (item) this.#scroll.scrollToItem(item, place.top)
  }

  // A day is "2026-11-12". Goes to its first message, else to that of the next day with any, else to the end.
  async goToDay(day) {
    const find = () => this.#list.items.find((item) => item.dataset.day >= day)
    const isLoaded = this.#list.items[0]?.dataset.day < day || !this.#list.hasOlder
    if (!isLoaded || (!find() && this.#list.hasNewer)) await this.#load(() => this.#pager.loadDay(day))
    this.#show(find() ?? this.#list.items.at(-1))
  }

  // Resolves with whether there is one.
  async goToFirstUnread() {
    const seq = this.#findFirstUnread()
    if (!seq) return false
    const find = () => this.#list.items.find((item) => readSeq(item) >= seq)
    const isLoaded = this.#list.firstSeq <= seq || !this.#list.hasOlder
    if (!isLoaded || !find()) await this.#load(() => this.#pager.loadAround(seq))
    const item = find()
    if (item) this.#list.placeUnreadDivider(item.dataset.id)
    this.#show(item)
    return Boolean(item)
  }

  isFirstUnreadAbove() {
    const seq = this.#findFirstUnread()
    if (!seq) return false
    const item = this.#list.items.find((each) => readSeq(each) >= seq)
    if (seq < this.#list.firstSeq || !item) return seq < this.#list.firstSeq
    return item.getBoundingClientRect().bottom < this.#feed.getBoundingClientRect().top
  }

  // The divider stays where it was when the messages under it have been read.
  #findFirstUnread() {
    const divider = this.#feed.querySelector(".feed__new")
    const item = divider && this.#list.items.find((each) => divider.compareDocumentPosition(each) & 4)
    if (item) return readSeq(item)
    const hasMore = this.#list.hasNewer || this.#list.lastSeq > this.#read
    return hasMore && !Number.isNaN(this.#read) ? this.#read + 1 : null
  }

  // An event that arrives meanwhile may have no place in the old page and be too late for the new one.
  async #load(load) {
    const { version } = this.#sync
    await load()
    this.#sync.rewindTo(version)
  }

  #show(item) {
    if (!item) return
    this.#scroll.scrollToItem(item, this.#feed.clientHeight * MARGIN)
    item.querySelector(".message")?.focus({ preventScroll: true })
  }
}
