// <running-clock since="2026-03-01T09:00:00Z">: how long since, in hours, minutes and seconds, as a clock that runs.
const SECOND = 1000

class RunningClock extends HTMLElement {
  #timer = 0

  connectedCallback() {
    this.#show()
    this.#timer = setInterval(() => this.#show(), SECOND)
  }

  disconnectedCallback() {
    clearInterval(this.#timer)
  }

  // By this device's clock, which may be behind that of the server.
  #show() {
    const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(this.getAttribute("since"))) / SECOND))
    const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    this.textContent = parts.map((part, index) => (index ? String(part).padStart(2, "0") : part)).join(":")
  }
}

customElements.define("running-clock", RunningClock)
