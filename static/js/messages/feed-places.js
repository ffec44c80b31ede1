// Read and restore the reader's place in a feed, for Back and Forward between rooms.
import { readSeq } from "messages/feed-items"

export class FeedPlaces {
  #list
  #pager
  #scroll

  constructor({ list, pager, scroll }) {
    this.#list = list
    this.#pager = pager
    this.#scroll = scroll
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
    if (!this.#list.find(place.id)) await this.#pager.loadAround(place.seq)
    const item = this.#list.find(place.id)
    if (item) this.#scroll.scrollToItem(item, place.top)
  }
}
