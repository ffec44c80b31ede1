// Show the button that scrolls to the newest message, with the number of messages that arrived below the visible part.
import { gettext } from "lib/i18n"
import { describeNewMessages } from "messages/message-i18n"

export class JumpButton {
  #button
  #list
  #scroll
  #arrivedCount = 0

  constructor(feed, { list, scroll, onClick, signal }) {
    this.#button = feed.querySelector(".feed__jump")
    this.#list = list
    this.#scroll = scroll
    this.#button.addEventListener("click", onClick)
    feed.addEventListener("scroll", () => this.update(), { passive: true })
    document.addEventListener("visibilitychange", () => this.update(), { signal })
  }

  // To be called before the feed has scrolled: at the bottom it scrolls by itself.
  addArrived(count) {
    if (!this.#scroll.isAtBottom || document.hidden) this.#arrivedCount += count
    queueMicrotask(() => this.update())
  }

  update() {
    const { hasNewer } = this.#list
    const isAtEnd = !hasNewer && this.#scroll.isAtBottom
    if (isAtEnd && !document.hidden) this.#arrivedCount = 0
    const isFar = this.#arrivedCount > 0 || hasNewer || this.#scroll.isFarFromBottom
    this.#button.hidden = isAtEnd || !isFar
    const text = this.#arrivedCount ? describeNewMessages(this.#arrivedCount) : gettext("Latest messages")
    this.#button.querySelector("[data-words]").textContent = text
  }
}
