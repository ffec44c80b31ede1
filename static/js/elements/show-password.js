// <show-password>: an input and the button that reveals it. Without script there is no button.
import { gettext } from "lib/i18n"

class ShowPassword extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input")
    this.button = this.querySelector("button")
    this.button.hidden = false
    this.button.addEventListener("click", () => this.show(this.input.type === "password"))
    // A browser keeps what it knows to be a password out of its form history only while the field is one.
    this.input.form?.addEventListener("submit", () => this.show(false))
  }

  show(visible) {
    const name = visible ? gettext("Hide password") : gettext("Show password")
    this.input.type = visible ? "text" : "password"
    this.button.ariaPressed = String(visible)
    this.button.ariaLabel = this.button.title = name
  }
}

customElements.define("show-password", ShowPassword)
