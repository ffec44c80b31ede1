// Down to the newest: says how many came while the reader was further up.
import { gettext, newMessages } from "lib/i18n"

export class JumpButton {
  #button
  #list
  #scroll
  #count = 0

  constructor(box, { list, scroll, go }) {
    this.#button = box.querySelector(".feed__jump")
    this.#list = list
    this.#scroll = scroll
    this.#button.addEventListener("click", go)
    box.addEventListener("scroll", () => this.update(), { passive: true })
    document.addEventListener("visibilitychange", () => this.update())
  }

  // Called before the feed settles: at the bottom it follows by itself.
  arrived(count) {
    if (!this.#scroll.isAtBottom || document.hidden) this.#count += count
    queueMicrotask(() => this.update())
  }

  update() {
    const low = !this.#list.hasNewer && this.#scroll.isAtBottom
    if (low && !document.hidden) this.#count = 0
    this.#button.hidden = low || (!this.#count && !this.#list.hasNewer && !this.#scroll.isFarFromBottom)
    const words = this.#count ? newMessages(this.#count) : gettext("Latest messages")
    this.#button.querySelector("[data-words]").textContent = words
  }
}
