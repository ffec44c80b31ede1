// <job-board>: what it shows is asked for again every few seconds, while the page is looked at. An event for each job
// would cost more than most jobs do.
import { fetchFragment } from "lib/api"
import { localiseTimes } from "lib/local-time"

const PAUSE = 3000

class JobBoard extends HTMLElement {
  #timer = 0

  connectedCallback() {
    this.#timer = setInterval(() => this.#refresh(), PAUSE)
  }

  disconnectedCallback() {
    clearInterval(this.#timer)
  }

  async #refresh() {
    if (document.hidden) return
    try {
      const fresh = document.createElement("template")
      fresh.innerHTML = await (await fetchFragment(location.href)).text()
      for (const part of fresh.content.querySelectorAll("[data-live]")) this.#show(part)
    } catch {
      // The next time shows it.
    }
  }

  #show(part) {
    const shown = this.querySelector(`[data-live=${part.dataset.live}]`)
    if (!shown || isInUse(shown)) return
    shown.replaceChildren(...part.childNodes)
    localiseTimes(shown)
  }
}

// Nothing moves below a pointer, a focus or what was opened.
const isInUse = (part) => part.matches(":hover, :focus-within") || part.querySelector("details[open]") !== null

customElements.define("job-board", JobBoard)
