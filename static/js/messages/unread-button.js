// Show the button that leads to the first unread message: while that is above what is shown and something is unread, or
// where the user has skipped it.
import { goToFirstUnread } from "messages/feed-keys"

export class UnreadButton {
  #button
  #places
  #hasUnread
  #wasSkipped = false

  // `hasUnread` tells whether there is more than the user has read.
  constructor(feed, { places, hasUnread, signal }) {
    this.#button = feed.querySelector(".feed__first-unread")
    this.#places = places
    this.#hasUnread = hasUnread
    this.#button?.addEventListener("click", () => {
      this.#wasSkipped = false
      goToFirstUnread()
    })
    feed.addEventListener("scroll", () => this.update(), { passive: true, signal })
  }

  // To be called before the feed goes to the newest messages at once.
  skip() {
    this.#wasSkipped = this.#places.isFirstUnreadAbove()
  }

  update() {
    if (!this.#button) return
    const isOffered = this.#wasSkipped || this.#hasUnread()
    this.#button.hidden = !isOffered || !this.#places.isFirstUnreadAbove()
  }
}
