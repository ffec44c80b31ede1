// Says that the line is down once that is certain: at once when the browser knows, else after three seconds. Whoever is
// signed out elsewhere leaves for the page that lets them in again.
import { connection } from "lib/connection"

const PATIENCE = 3000

class ConnectionBanner extends HTMLElement {
  #timer = 0
  #wasUp = false

  connectedCallback() {
    connection.addEventListener("up", () => this.#hide())
    connection.addEventListener("down", () => this.#wait())
    connection.addEventListener("ended", () => this.#leave())
    addEventListener("offline", () => this.#say("offline"))
    this.#wait()
  }

  #wait() {
    if (connection.isUp || !this.hidden) return
    if (!navigator.onLine) return this.#say("offline")
    this.#timer ||= setTimeout(() => connection.isUp || this.#say("lost"), PATIENCE)
  }

  #hide() {
    this.#wasUp = true
    clearTimeout(this.#timer)
    this.#timer = 0
    this.hidden = true
  }

  // A line that never was up has another fault: signing in would lead back here, for ever.
  #leave() {
    const way = this.querySelector("[data-state=ended] a")
    way.search = new URLSearchParams({ next: location.pathname, ended: "" })
    this.#say("ended")
    if (this.#wasUp) location.replace(way.href)
  }

  #say(state) {
    for (const words of this.querySelectorAll("[data-state]")) words.hidden = words.dataset.state !== state
    this.hidden = false
  }
}

customElements.define("connection-banner", ConnectionBanner)
