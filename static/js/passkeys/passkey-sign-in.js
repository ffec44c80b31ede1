// <passkey-sign-in>: a form that signs in with a passkey alone: by its button, or from what the browser offers while
// the e-mail field of the page has the focus.
import { requestJson } from "lib/api"
import { canAutofill, describeFailure, isSupported, usePasskey } from "passkeys/credentials"
import { showFailure } from "passkeys/failure"

// Challenges hold for ten minutes: the offer in the e-mail field is made anew before.
const RENEWAL = 8 * 60 * 1000

class PasskeySignIn extends HTMLElement {
  async connectedCallback() {
    this.form = this.querySelector("form")
    if (!isSupported()) return
    this.hidden = false
    this.form.addEventListener("submit", (event) => this.#submit(event))
    if (await canAutofill()) this.#offer()
  }

  disconnectedCallback() {
    this.controller?.abort()
    clearTimeout(this.timer)
  }

  async #submit(event) {
    if (this.form.elements.passkey.value) return
    event.preventDefault()
    await this.#ask({})
  }

  #offer() {
    this.timer = setTimeout(() => this.#offer(), RENEWAL)
    this.#ask({ mediation: "conditional" })
  }

  // A browser answers one question at a time, and what was offered before ends.
  async #ask({ mediation }) {
    this.controller?.abort()
    const { signal } = (this.controller = new AbortController())
    try {
      const options = await requestJson("POST", "/auth/passkey/options")
      if (signal.aborted) return
      const answer = await usePasskey(options, { mediation, signal })
      clearTimeout(this.timer)
      this.form.elements.passkey.value = JSON.stringify(answer)
      this.form.elements.remember.checked = document.querySelector(".auth__form [name=remember]")?.checked ?? true
      this.form.requestSubmit()
    } catch (error) {
      // Nobody has asked for what the e-mail field offers.
      if (!mediation) showFailure(this, describeFailure(error))
    }
  }
}

customElements.define("passkey-sign-in", PasskeySignIn)
