// A text to hand on, with a button that copies it.
class CopyField extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector("input")
    input.addEventListener("focus", () => input.select())
    this.querySelector("button").addEventListener("click", (event) => this.#copy(input, event.currentTarget))
  }

  async #copy(input, button) {
    input.select()
    // The clipboard API needs a secure page; the old command does not.
    const done = (await navigator.clipboard?.writeText(input.value).then(() => true, () => false)) || document.execCommand("copy")
    const words = button.querySelector("[data-words]")
    const before = words.textContent
    words.textContent = done ? "Copied" : "Press Ctrl+C"
    setTimeout(() => (words.textContent = before), 2000)
  }
}

customElements.define("copy-field", CopyField)
