// The list of what may complete the text of a field, over it or under it. The field keeps the focus and names the
// marked option by `aria-activedescendant`; a text area stays a text box, the only role that it may have.
const GAP = 6
const MIN_HEIGHT = 180
let lastId = 0

export class SuggestionList {
  #field
  #element = document.createElement("ul")

  constructor(field, { onChoose }) {
    this.#field = field
    const list = this.#element
    Object.assign(list, { className: "menu autocomplete", popover: "manual", id: `suggestions-${++lastId}` })
    list.setAttribute("role", "listbox")
    field.after(list)
    field.setAttribute("aria-autocomplete", "list")
    field.setAttribute("aria-haspopup", "listbox")
    // The focus stays in the field.
    list.addEventListener("pointerdown", (event) => event.preventDefault())
    list.addEventListener("click", ({ target }) => {
      const option = target.closest("[role=option]")
      if (option) onChoose(option)
    })
  }

  get isOpen() {
    return this.#element.matches(":popover-open")
  }

  get first() {
    return this.#element.firstElementChild
  }

  get marked() {
    return this.#element.querySelector("[aria-selected=true]")
  }

  show(options, { label, marksFirst }) {
    if (!options.length) return this.hide()
    for (const [index, option] of options.entries()) {
      option.setAttribute("role", "option")
      option.id = `${this.#element.id}-${index}`
    }
    this.#element.replaceChildren(...options)
    this.#element.ariaLabel = label
    if (!this.isOpen) this.#element.showPopover()
    this.#place()
    this.#field.setAttribute("aria-controls", this.#element.id)
    this.#mark(marksFirst ? options[0] : null)
  }

  hide() {
    if (this.isOpen) this.#element.hidePopover()
    this.#element.replaceChildren()
    for (const name of ["aria-controls", "aria-activedescendant"]) this.#field.removeAttribute(name)
  }

  step(by) {
    const options = [...this.#element.children]
    const index = options.indexOf(this.marked)
    this.#mark(options.at(index < 0 && by < 0 ? -1 : (index + by) % options.length))
  }

  #mark(option) {
    for (const each of this.#element.children) each.setAttribute("aria-selected", each === option)
    if (option) this.#field.setAttribute("aria-activedescendant", option.id)
    else this.#field.removeAttribute("aria-activedescendant")
    option?.scrollIntoView({ block: "nearest" })
  }

  // Over the field, as it may stand at the lower edge; where there is more room, under it.
  #place() {
    const box = (this.#field.closest(".composer") ?? this.#field).getBoundingClientRect()
    const below = innerHeight - box.bottom
    const isAbove = box.top > MIN_HEIGHT || box.top > below
    const { style } = this.#element
    style.setProperty("--autocomplete-start", `${Math.max(GAP, box.left)}px`)
    style.setProperty("--autocomplete-width", `${box.width}px`)
    style.setProperty("--autocomplete-top", isAbove ? "auto" : `${box.bottom + GAP}px`)
    style.setProperty("--autocomplete-bottom", isAbove ? `${innerHeight - box.top + GAP}px` : "auto")
    style.setProperty("--autocomplete-room", `${(isAbove ? box.top : below) - 2 * GAP}px`)
  }
}
