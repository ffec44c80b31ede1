// <people-picker>: a combobox for people. Those found are listed while one types; those chosen become chips.
import { gettext, interpolate, ngettext } from "lib/i18n"
import { isComposing } from "lib/keys"
import { buildChip } from "rooms/people-chips"
import { PeopleOptions } from "rooms/people-options"

const TYPING_PAUSE = 150

class PeoplePicker extends HTMLElement {
  #input = this.querySelector(".picker__input")
  #chips = this.querySelector(".picker__chips")
  #options
  #timer = 0
  // Each Enter waits for what the one before has found.
  #entered = Promise.resolve()

  connectedCallback() {
    this.#upgrade()
    this.#input.addEventListener("input", () => {
      clearTimeout(this.#timer)
      this.#timer = setTimeout(() => this.#search(), TYPING_PAUSE)
    })
    this.#input.addEventListener("click", () => this.#search())
    this.#input.addEventListener("keydown", (event) => this.#handleKey(event))
    this.#chips.addEventListener("click", ({ target }) => {
      if (target.closest("[data-removes]")) this.#remove(target.closest("li"))
    })
    this.addEventListener("focusout", ({ relatedTarget }) => this.contains(relatedTarget) || this.#close())
  }

  // What works without script makes room: the search by a button, and boxes to tick.
  #upgrade() {
    this.#input.removeAttribute("name")
    const list = this.querySelector(".picker__list")
    const onChoose = (option) => this.#choose(option)
    this.#options = new PeopleOptions({ input: this.#input, list, url: this.dataset.optionsUrl, onChoose })
    const ticked = [...this.querySelectorAll("input[type=checkbox]:checked")]
    const chips = ticked.map((box) => this.#buildChip(box.value, readName(box.closest("li")), box.closest("li")))
    for (const part of this.querySelectorAll(".picker__search, .picker__found")) part.remove()
    this.#chips.replaceChildren(...chips)
  }

  #buildChip(id, name, source) {
    return buildChip(id, name, source, this.dataset.name)
  }

  // Resolves when the list shows what is typed.
  async #search() {
    clearTimeout(this.#timer)
    const query = this.#input.value.trim()
    try {
      const html = await this.#options.fetch(query)
      if (query !== this.#input.value.trim() || !this.contains(document.activeElement)) return
      this.#options.show(html, query, new Set([...this.#chips.children].map(({ dataset }) => dataset.id)))
      const count = this.#options.all.length
      this.#announce(interpolate(ngettext("%(count)s person found", "%(count)s people found", count), { count }))
    } catch {
      // The next letter searches again.
    }
  }

  #close() {
    clearTimeout(this.#timer)
    this.#options.close()
  }

  #handleKey(event) {
    // While an input method composes, keys are its own.
    if (isComposing(event)) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const handles = event.key === "Enter" || step || (event.key === "Escape" && this.#options.isOpen)
    if (handles) event.preventDefault()
    if (event.key === "Enter") this.#entered = this.#entered.then(() => this.#handleEnter())
    else if (step && this.#options.isOpen) this.#options.move(step)
    else if (step) this.#search()
    else if (handles) this.#close()
    else if (event.key === "Backspace" && !this.#input.value) this.#remove(this.#chips.lastElementChild)
  }

  // Chooses who is marked. Where one person alone matches and nobody is chosen yet, nothing is left to ask.
  async #handleEnter() {
    const query = this.#input.value.trim()
    const hasChips = this.#chips.childElementCount > 0
    if (!query && !this.#options.active) return hasChips ? this.closest("form").requestSubmit() : undefined
    if (this.#options.query !== query) await this.#search()
    const { active, all } = this.#options
    if (!active) return
    this.#choose(active)
    if ("opens" in this.dataset && !hasChips && all.length === 1) this.closest("form").requestSubmit()
  }

  #choose(option) {
    const { id, name } = option.dataset
    this.#chips.append(this.#buildChip(id, name, option))
    this.#input.value = ""
    this.#close()
    this.#input.focus()
    this.#announce(interpolate(gettext("%(name)s added"), { name }))
  }

  #remove(chip) {
    if (!chip) return
    chip.remove()
    this.#input.focus()
    this.#announce(interpolate(gettext("%(name)s removed"), { name: readName(chip) }))
  }

  #announce(text) {
    this.querySelector("[data-status]").textContent = text
  }
}

const readName = (item) => item.querySelector("[data-chip-name]").textContent.trim()

customElements.define("people-picker", PeoplePicker)
