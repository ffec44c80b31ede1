// Show over a composer's text which message it answers. The event "quote" tells it, with { id, name, excerpt }.
export class QuoteBox {
  #box
  #field
  #onChange
  #origin = null

  // `onChange` is called with the message, or null, whenever the user chooses another one.
  constructor(composer, onChange) {
    this.#onChange = onChange
    this.#box = composer.querySelector(".composer__quote")
    this.#field = composer.querySelector("textarea")
    composer.addEventListener("quote", ({ detail }) => this.#choose(detail))
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

  get origin() {
    return this.#origin
  }

  // Returns the message that is answered, or null, and is empty from then on.
  take() {
    const origin = this.#origin
    this.#origin = null
    this.#box.hidden = true
    if (origin) this.#onChange(null)
    return origin
  }

  // What a draft has kept, or null.
  show(origin) {
    this.#origin = origin
    this.#box.hidden = !origin
    if (!origin) return
    this.#box.querySelector("[data-author]").textContent = origin.name
    this.#box.querySelector("[data-words]").textContent = origin.excerpt
  }

  #choose(origin) {
    this.show(origin)
    this.#onChange(origin)
    this.#field.focus({ preventScroll: true })
  }
}
