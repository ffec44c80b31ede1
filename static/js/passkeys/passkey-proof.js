// <passkey-proof data-options>: the part of a form that proves its user by a passkey instead of a code.
import { describeFailure, isSupported, usePasskey } from "passkeys/credentials"
import { showFailure } from "passkeys/failure"

class PasskeyProof extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form")
    this.button = this.querySelector("button")
    if (!isSupported()) return
    this.hidden = false
    this.button.addEventListener("click", () => this.#prove())
  }

  async #prove() {
    showFailure(this, "")
    try {
      const answer = await usePasskey(JSON.parse(this.dataset.options))
      this.form.elements.passkey.value = JSON.stringify(answer)
      const code = this.form.elements.recovery_code ?? this.form.elements.otp
      if (code) code.required = false
      this.form.requestSubmit()
    } catch (error) {
      showFailure(this, describeFailure(error))
    }
  }
}

customElements.define("passkey-proof", PasskeyProof)
