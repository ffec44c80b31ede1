// <copy-field>: a text and the button that copies it: an input's value, or the data-copies of another element.
import { gettext } from "lib/i18n"

const CONFIRMATION_TIME = 2000

class CopyField extends HTMLElement {
  connectedCallback() {
    this.source = this.querySelector("input, [data-copies]")
    this.source.addEventListener("focus", () => this.#select())
    this.querySelector("button").addEventListener("click", (event) => this.#copy(event.currentTarget))
  }

  async #copy(button) {
    this.#select()
    const isCopied = await writeToClipboard(this.source.dataset.copies ?? this.source.value)
    const label = button.querySelector("[data-words]")
    const before = label.textContent
    label.textContent = isCopied ? gettext("Copied") : gettext("Press Ctrl+C")
    setTimeout(() => (label.textContent = before), CONFIRMATION_TIME)
  }

  #select() {
    if (this.source.select) this.source.select()
    else getSelection().selectAllChildren(this.source)
  }
}

// The clipboard API needs a secure page; the old command, which copies the selection, does not.
async function writeToClipboard(text) {
  const isWritten = await navigator.clipboard?.writeText(text).then(() => true, () => false)
  return isWritten || document.execCommand("copy")
}

customElements.define("copy-field", CopyField)
