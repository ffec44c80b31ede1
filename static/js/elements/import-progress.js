// <import-progress>: stands on the page of an import while it is under way, and asks how far it is.
import { refreshParts } from "navigation/page-parts"

const PAUSE = 1000

class ImportProgress extends HTMLElement {
  #timer = 0

  connectedCallback() {
    this.#timer = setTimeout(() => this.#refresh(), PAUSE)
  }

  disconnectedCallback() {
    clearTimeout(this.#timer)
  }

  async #refresh() {
    // Each refresh puts another one in the place of this, until the import is done.
    await refreshParts().catch(() => {})
    if (this.isConnected) this.connectedCallback()
    else if (!document.querySelector("import-progress")) document.getElementById("import-title")?.focus()
  }
}

customElements.define("import-progress", ImportProgress)
