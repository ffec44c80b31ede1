// <show-password>: a password input and the button that shows its characters, hidden until this script has loaded.
import { gettext } from "lib/i18n"

class ShowPassword extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input")
    this.button = this.querySelector("button")
    this.button.hidden = false
    this.button.addEventListener("click", () => this.setVisible(this.input.type === "password"))
    // Browsers save the value of a text field in their form history, and of a password field not.
    this.input.form?.addEventListener("submit", () => this.setVisible(false))
  }

  setVisible(isVisible) {
    this.input.type = isVisible ? "text" : "password"
    this.button.ariaPressed = String(isVisible)
    this.button.ariaLabel = this.button.title = isVisible ? gettext("Hide password") : gettext("Show password")
  }
}

customElements.define("show-password", ShowPassword)
