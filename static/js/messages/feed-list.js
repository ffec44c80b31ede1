// Hold the messages in the feed, each once: by id, or by client_id until it is sent. Newer versions replace older ones.
import { onNewDay } from "lib/new-day"
import { FeedFocus } from "messages/feed-focus"
import { parseItems, readSeq } from "messages/feed-items"
import { placeUnreadDivider, updateLayout } from "messages/feed-layout"
import { unfoldWhereNeeded } from "messages/message-body"
import { replaceMessage } from "messages/replace-message"
import { placeSystemLines } from "messages/system-lines"

const SENT_ITEMS = ":scope > .feed__item[data-seq]:not([data-pending])"
const ALL_ROWS = ":scope > :is(.feed__item, .feed__day, .feed__new, .feed__system)"
// The first row, or where one would stand: what is on its way to the server is below the edge.
const FIRST_PLACE = `${ALL_ROWS}, :scope > .feed__loading[data-edge=hasNewer]`

export class FeedList {
  #list
  #decorate
  #accept
  #focus
  #systemMessages = []
  hasOlder
  hasNewer

  // `decorate` adds to each new item what the current user can do with it; `accept` tells whether it belongs here.
  constructor(list, { hasOlder, hasNewer, decorate, accept, signal }) {
    this.#list = list
    this.#decorate = decorate
    this.#accept = accept
    this.#focus = new FeedFocus(list)
    this.hasOlder = hasOlder
    this.hasNewer = hasNewer
    unfoldWhereNeeded(list)
    this.items.forEach(decorate)
    this.updateLayout()
    onNewDay(() => this.updateLayout(), { signal })
  }

  get items() {
    return [...this.#list.querySelectorAll(SENT_ITEMS)]
  }

  get firstSeq() { return readSeq(this.#list.querySelector(SENT_ITEMS)) }

  get lastSeq() { return readSeq(this.items.at(-1)) }

  find(id) {
    return this.#list.querySelector(`:scope > [data-id="${CSS.escape(id)}"]`)
  }

  findSent(clientId) {
    return this.#list.querySelector(`${SENT_ITEMS}[data-client-id="${CSS.escape(clientId)}"]`)
  }

  // Returns the items that are new.
  merge(html) {
    const added = parseItems(html).filter(this.#accept).filter((item) => this.#addOrReplace(item))
    this.updateLayout()
    return added
  }

  replaceAll(html, { hasOlder, hasNewer }) {
    for (const row of this.#list.querySelectorAll(ALL_ROWS)) if (!row.matches("[data-pending]")) row.remove()
    for (const item of parseItems(html).filter(this.#accept)) this.#insert(item)
    this.hasOlder = hasOlder
    this.hasNewer = hasNewer
    this.updateLayout()
  }

  // Adds the page before or after what is shown. `edge`: "hasOlder" or "hasNewer"; `hasMore`: beyond this page.
  extend(html, edge, hasMore) {
    for (const item of parseItems(html).filter(this.#accept)) if (!this.find(item.dataset.id)) this.#insert(item)
    this[edge] = hasMore
    this.updateLayout()
  }

  appendPending(item) {
    this.#list.append(item)
    this.updateLayout()
  }

  showSystemMessages(messages) {
    this.#systemMessages = messages
    this.updateLayout()
  }

  placeUnreadDivider(id) {
    placeUnreadDivider(this.#list, this.find(id))
  }

  updateLayout() {
    placeSystemLines(this.#list, this.#systemMessages, this)
    updateLayout(this.#list)
    this.#focus.update()
  }

  // Returns whether the item is new. Messages beyond the edges of what is shown come with their page.
  #addOrReplace(item) {
    const shown = this.find(item.dataset.id)
    if (shown) {
      if (Number(shown.dataset.version) < Number(item.dataset.version)) replaceMessage(shown, item, this.#decorate)
      return false
    }
    const seq = readSeq(item)
    if ((seq < this.firstSeq && this.hasOlder) || (seq > this.lastSeq && this.hasNewer)) return false
    this.#insert(item)
    return true
  }

  #insert(item) {
    const { clientId } = item.dataset
    if (clientId) this.find(clientId)?.remove()
    const seq = readSeq(item)
    const previous = this.items.findLast((other) => readSeq(other) < seq)
    if (previous) previous.after(item)
    else this.#list.insertBefore(item, this.#list.querySelector(FIRST_PLACE))
    this.#decorate(item)
  }
}
