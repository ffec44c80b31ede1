// <connection-banner>: says that the connection is lost, at once when the browser is offline, else after three seconds.
// When the session has ended elsewhere, it navigates to the sign-in page.
import { connection } from "lib/connection"

const DELAY = 3000

class ConnectionBanner extends HTMLElement {
  #timer = 0
  #wasUp = connection.isUp
  #removal = new AbortController()

  connectedCallback() {
    const { signal } = this.#removal
    connection.addEventListener("up", () => this.#hide(), { signal })
    connection.addEventListener("down", () => this.#showSoon(), { signal })
    connection.addEventListener("ended", () => this.#navigateToSignIn(), { signal })
    addEventListener("offline", () => this.#show("offline"), { signal })
    this.#showSoon()
  }

  disconnectedCallback() {
    clearTimeout(this.#timer)
    this.#removal.abort()
  }

  #showSoon() {
    if (connection.isUp || !this.hidden) return
    if (!navigator.onLine) return this.#show("offline")
    this.#timer ||= setTimeout(() => connection.isUp || this.#show("lost"), DELAY)
  }

  #show(state) {
    for (const text of this.querySelectorAll("[data-state]")) text.hidden = text.dataset.state !== state
    this.hidden = false
  }

  #hide() {
    this.#wasUp = true
    clearTimeout(this.#timer)
    this.#timer = 0
    this.hidden = true
  }

  // A connection that was never up has another fault: signing in would lead back here in a loop.
  #navigateToSignIn() {
    const link = this.querySelector("[data-state=ended] a")
    link.search = new URLSearchParams({ next: location.pathname, ended: "" })
    this.#show("ended")
    if (this.#wasUp) location.replace(link.href)
  }
}

customElements.define("connection-banner", ConnectionBanner)
