// Show over a composer's text which message it answers. The event "quote" tells it, with { id, name, excerpt }.
export class QuoteBox {
  #box
  #field
  #origin = null

  constructor(composer) {
    this.#box = composer.querySelector(".composer__quote")
    this.#field = composer.querySelector("textarea")
    composer.addEventListener("quote", ({ detail }) => this.#show(detail))
    this.#box.querySelector("[data-unquote]").addEventListener("click", () => {
      this.take()
      this.#field.focus({ preventScroll: true })
    })
    this.#field.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.#origin) return
      event.preventDefault()
      this.take()
    })
  }

  // Returns the message that is answered, or null, and is empty from then on.
  take() {
    const origin = this.#origin
    this.#origin = null
    this.#box.hidden = true
    return origin
  }

  #show(origin) {
    this.#origin = origin
    this.#box.querySelector("[data-author]").textContent = origin.name
    this.#box.querySelector("[data-words]").textContent = origin.excerpt
    this.#box.hidden = false
    this.#field.focus({ preventScroll: true })
  }
}
