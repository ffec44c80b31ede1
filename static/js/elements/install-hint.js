// <install-hint>: offers to install the app where the browser can (Chromium), until the user says no on this device.
import { PrefixedStorage } from "lib/storage"

const KEY = "no-install-hint"
const storage = new PrefixedStorage("atrium.")

class InstallHint extends HTMLElement {
  #offer

  connectedCallback() {
    addEventListener("beforeinstallprompt", (event) => this.#show(event))
    addEventListener("appinstalled", () => (this.hidden = true))
    this.addEventListener("click", ({ target }) => {
      if (target.closest("[data-installs]")) this.#install()
      else if (target.closest("[data-dismisses]")) this.#dismiss()
    })
  }

  #show(event) {
    if (storage.get(KEY)) return
    event.preventDefault()
    this.#offer = event
    this.hidden = false
  }

  // An offer is good for one question.
  #install() {
    this.hidden = true
    this.#offer.prompt()
  }

  #dismiss() {
    storage.set(KEY, true)
    this.hidden = true
  }
}

customElements.define("install-hint", InstallHint)
