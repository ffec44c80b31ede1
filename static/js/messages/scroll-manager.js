// Keep the user's place in the feed as it changes: at the bottom, or on the message that they are reading.
const BOTTOM_TOLERANCE = 48

export class ScrollManager {
  #feed
  #isPinned = false
  #bottom = 0

  constructor(feed) {
    this.#feed = feed
    feed.addEventListener("scroll", () => (this.#isPinned = this.isAtBottom), { passive: true })
    const observer = new ResizeObserver(() => this.#staysAtBottom && this.scrollToBottom())
    observer.observe(feed)
    observer.observe(feed.querySelector(".feed"))
  }

  get isAtBottom() {
    return this.#distanceToBottom < BOTTOM_TOLERANCE
  }

  get isFarFromBottom() {
    return this.#distanceToBottom > this.#feed.clientHeight
  }

  scrollToBottom() {
    this.#isPinned = true
    this.#feed.scrollTop = this.#feed.scrollHeight
    this.#bottom = this.#feed.scrollTop
  }

  // To the message that the URL names, else to the first unread one, else to the end.
  scrollToStart() {
    const target = this.#feed.querySelector("[data-target]")
    const divider = this.#feed.querySelector(".feed__new")
    this.scrollToBottom()
    if (target) this.#scrollToNode(target, "center")
    else if (divider) this.#scrollToNode(divider, "top")
  }

  preservePosition(change) {
    if (this.#staysAtBottom) {
      change()
      return this.scrollToBottom()
    }
    const anchor = this.#findAnchor()
    const before = anchor?.getBoundingClientRect().top
    change()
    const after = this.#findReplacement(anchor)
    if (after) this.#feed.scrollTop += after.getBoundingClientRect().top - before
  }

  // The first message in view, and how far below the upper edge it begins, in pixels.
  readAnchor() {
    const item = this.#findAnchor()
    return { item, top: item ? this.#measureTop(item) : 0 }
  }

  scrollToItem(item, top) {
    this.#feed.scrollTop += this.#measureTop(item) - top
    this.#isPinned = this.isAtBottom
  }

  get #distanceToBottom() {
    return this.#feed.scrollHeight - this.#feed.scrollTop - this.#feed.clientHeight
  }

  // The scroll event comes a frame late: a position above the bottom counts at once.
  get #staysAtBottom() {
    return this.#isPinned && (this.isAtBottom || this.#feed.scrollTop >= this.#bottom)
  }

  #measureTop(node) {
    return node.getBoundingClientRect().top - this.#feed.getBoundingClientRect().top
  }

  #scrollToNode(node, block) {
    const height = this.#feed.clientHeight
    this.scrollToItem(node, block === "center" ? Math.max(0, (height - node.offsetHeight) / 2) : height / 5)
  }

  // The first message in view; not the first of the feed, which shrinks when an older page groups it with its last.
  #findAnchor() {
    const { top } = this.#feed.getBoundingClientRect()
    const [first, ...others] = this.#feed.querySelectorAll(".feed__item")
    return others.find((item) => item.getBoundingClientRect().top >= top) ?? others.at(-1) ?? first
  }

  // A newer version may have replaced the anchor.
  #findReplacement(anchor) {
    return anchor?.isConnected ? anchor : anchor && document.getElementById(anchor.id)
  }
}
