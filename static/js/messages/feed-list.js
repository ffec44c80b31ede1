// The messages on the page, each once: by id, by client_id while it is on its way, and never an older version over a newer.
import { arrange, divide } from "messages/feed-layout"
import { replaceBy } from "messages/replace-message"

export class FeedList {
  #list
  #decorate
  hasOlder
  hasNewer

  constructor(list, { hasOlder, hasNewer, decorate }) {
    this.#list = list
    this.#decorate = decorate
    this.hasOlder = hasOlder
    this.hasNewer = hasNewer
    this.items.forEach(decorate)
    arrange(list)
  }

  get items() {
    return [...this.#list.querySelectorAll(":scope > .feed__item[data-seq]:not([data-pending])")]
  }

  get firstSeq() {
    return seqOf(this.#list.querySelector(":scope > .feed__item[data-seq]:not([data-pending])"))
  }

  get lastSeq() {
    return seqOf(this.items.at(-1))
  }

  find(id) {
    return this.#list.querySelector(`:scope > [id="message-${CSS.escape(id)}"]`)
  }

  sentAs(clientId) {
    return this.#list.querySelector(`:scope > .feed__item[data-client-id="${CSS.escape(clientId)}"]:not([data-pending])`)
  }

  // Takes in what the server rendered; returns the items that are new here.
  merge(html) {
    const added = parse(html).filter((item) => this.#put(item))
    this.arrange()
    return added
  }

  replaceAll(html, { hasOlder, hasNewer }) {
    for (const node of [...this.#list.querySelectorAll(":scope > :is(.feed__item, .feed__day, .feed__new)")]) {
      if (!node.matches("[data-pending]")) node.remove()
    }
    this.hasOlder = this.hasNewer = true
    for (const item of parse(html)) this.#insert(item)
    this.hasOlder = hasOlder
    this.hasNewer = hasNewer
    this.arrange()
  }

  // A page next to what is shown: inside its edges nothing is out of range.
  extend(html, edge, more) {
    for (const item of parse(html)) if (!this.find(item.dataset.id)) this.#insert(item)
    this[edge] = more
    this.arrange()
  }

  appendPending(item) {
    this.#list.append(item)
    this.arrange()
  }

  divideBefore(id) {
    divide(this.#list, this.find(id))
  }

  arrange() {
    arrange(this.#list)
  }

  #put(item) {
    const known = this.find(item.dataset.id)
    if (known) {
      if (Number(known.dataset.version) < Number(item.dataset.version)) replaceBy(known, item, this.#decorate)
      return false
    }
    const seq = seqOf(item)
    if ((seq < this.firstSeq && this.hasOlder) || (seq > this.lastSeq && this.hasNewer)) return false
    this.#insert(item)
    return true
  }

  #insert(item) {
    const { clientId } = item.dataset
    if (clientId) this.find(clientId)?.remove()
    const seq = seqOf(item)
    const before = this.items.findLast((other) => seqOf(other) < seq)
    const first = this.#list.querySelector(":scope > :is(.feed__item, .feed__day, .feed__new)")
    if (before) before.after(item)
    else this.#list.insertBefore(item, first)
    this.#decorate(item)
  }
}

function parse(html) {
  const template = document.createElement("template")
  template.innerHTML = html
  return [...template.content.querySelectorAll(".feed__item")]
}

const seqOf = (item) => Number(item?.dataset.seq ?? 0)
