// <passkey-registration>: a form that creates a passkey when it is sent, and sends it along. The password is checked
// before the browser asks for anything.
import { requestJson } from "lib/api"
import { createPasskey, describeFailure, isSupported } from "passkeys/credentials"
import { showFailure } from "passkeys/failure"

class PasskeyRegistration extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form")
    this.unsupported = this.querySelector("[data-unsupported]")
    this.unsupported.hidden = isSupported()
    this.form.addEventListener("submit", (event) => this.#submit(event))
  }

  async #submit(event) {
    const { credential, password } = this.form.elements
    if (credential.value) return
    event.preventDefault()
    if (this.isBusy) return
    this.isBusy = true
    showFailure(this, "")
    try {
      const options = await requestJson("POST", "/me/passkeys/registration", { password: password?.value || null })
      credential.value = JSON.stringify(await createPasskey(options))
      // Its work is done, and it need not travel again.
      if (password) password.disabled = true
      this.form.requestSubmit()
    } catch (error) {
      showFailure(this, describeFailure(error))
    } finally {
      this.isBusy = false
    }
  }
}

customElements.define("passkey-registration", PasskeyRegistration)
