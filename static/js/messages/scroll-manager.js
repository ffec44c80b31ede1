// Keeps the reader where they are: at the bottom while they are at the bottom, else on the very line they read.
const NEAR = 48

export class ScrollManager {
  #box
  #stuck = false
  #bottom = 0

  constructor(box) {
    this.#box = box
    box.addEventListener("scroll", () => (this.#stuck = this.isAtBottom), { passive: true })
    const grown = new ResizeObserver(() => this.#staysAtBottom && this.toBottom())
    grown.observe(box)
    grown.observe(box.querySelector(".feed"))
  }

  get isAtBottom() {
    return this.#box.scrollHeight - this.#box.scrollTop - this.#box.clientHeight < NEAR
  }

  get isFarFromBottom() {
    return this.#box.scrollHeight - this.#box.scrollTop - this.#box.clientHeight > this.#box.clientHeight
  }

  toBottom() {
    this.#stuck = true
    this.#box.scrollTop = this.#box.scrollHeight
    this.#bottom = this.#box.scrollTop
  }

  // Whoever has just scrolled up is believed at once: the event that tells of it comes with the next frame.
  get #staysAtBottom() {
    return this.#stuck && (this.isAtBottom || this.#box.scrollTop >= this.#bottom)
  }

  show(node, place = "center") {
    const room = this.#box.clientHeight
    const offset = node.getBoundingClientRect().top - this.#box.getBoundingClientRect().top
    this.#box.scrollTop += offset - (place === "center" ? Math.max(0, (room - node.offsetHeight) / 2) : room / 5)
    this.#stuck = this.isAtBottom
  }

  // Changes the feed without moving what is being read.
  keepingPlace(change) {
    if (this.#staysAtBottom) {
      change()
      return this.toBottom()
    }
    const anchor = this.#anchor
    const before = anchor?.getBoundingClientRect().top
    change()
    const after = this.#current(anchor)
    if (after) this.#box.scrollTop += after.getBoundingClientRect().top - before
  }

  // Not the first of all: with an older page above it, it may lose its head and shrink.
  get #anchor() {
    const top = this.#box.getBoundingClientRect().top
    const [first, ...others] = this.#box.querySelectorAll(".feed__item")
    return others.find((item) => item.getBoundingClientRect().top >= top) ?? others.at(-1) ?? first
  }

  // The anchor itself may have been replaced by its next version.
  #current(anchor) {
    return anchor?.isConnected ? anchor : anchor && document.getElementById(anchor.id)
  }
}
