// <passkey-registration>: a form that creates a passkey when it is sent, and sends it along. The password, or
// the second factor of a user without one, is checked before the browser asks for anything.
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
    const { credential, password, otp, passkey } = this.form.elements
    if (credential.value) return
    event.preventDefault()
    if (this.isBusy) return
    this.isBusy = true
    showFailure(this, "")
    try {
      // A code works once: who has closed the browser's question is asked again without.
      this.options ??= await requestJson("POST", "/me/passkeys/registration", {
        password: password?.value || null,
        otp: otp?.value ?? "",
        passkey: passkey?.value ? JSON.parse(passkey.value) : null,
      })
      credential.value = JSON.stringify(await createPasskey(this.options))
      // Their work is done, and they need not travel again.
      for (const field of [password, otp, passkey]) if (field) field.disabled = true
      this.form.requestSubmit()
    } catch (error) {
      showFailure(this, describeFailure(error))
    } finally {
      this.isBusy = false
    }
  }
}

customElements.define("passkey-registration", PasskeyRegistration)
