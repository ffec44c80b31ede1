// A text to hand on, with a button that copies it: an input, or any element whose data-copies is what to copy.
import { gettext } from "lib/i18n"

class CopyField extends HTMLElement {
  connectedCallback() {
    this.source = this.querySelector("input, [data-copies]")
    this.source.addEventListener("focus", () => this.#select())
    this.querySelector("button").addEventListener("click", (event) => this.#copy(event.currentTarget))
  }

  async #copy(button) {
    this.#select()
    const text = this.source.dataset.copies ?? this.source.value
    // The clipboard API needs a secure page; the old command does not.
    const done = (await navigator.clipboard?.writeText(text).then(() => true, () => false)) || document.execCommand("copy")
    const words = button.querySelector("[data-words]")
    const before = words.textContent
    words.textContent = done ? gettext("Copied") : gettext("Press Ctrl+C")
    setTimeout(() => (words.textContent = before), 2000)
  }

  #select() {
    if (this.source.select) this.source.select()
    else getSelection().selectAllChildren(this.source)
  }
}

customElements.define("copy-field", CopyField)
