// <people-picker>: a combobox for people. Those found are listed while one types; those chosen become chips.
import { fetchFragment } from "lib/api"
import { gettext, interpolate, ngettext } from "lib/i18n"
import { buildChip } from "rooms/people-chips"
import { correctPresence } from "users/presence"

const TYPING_PAUSE = 150

class PeoplePicker extends HTMLElement {
  #input = this.querySelector(".picker__input")
  #list = this.querySelector(".picker__list")
  #chips = this.querySelector(".picker__chips")
  #timer = 0
  // What the list shows the people for; null while nothing has been searched.
  #listedQuery = null
  // Each Enter waits for what the one before has found.
  #entered = Promise.resolve()

  connectedCallback() {
    this.#upgrade()
    this.#input.addEventListener("input", () => this.#searchSoon())
    this.#input.addEventListener("click", () => this.#search())
    this.#input.addEventListener("keydown", (event) => this.#handleKey(event))
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault())
    this.#list.addEventListener("click", ({ target }) => this.#choose(target.closest("[role=option]")))
    this.#chips.addEventListener("click", ({ target }) => {
      if (target.closest("[data-removes]")) this.#remove(target.closest("li"))
    })
    this.addEventListener("focusout", ({ relatedTarget }) => this.contains(relatedTarget) || this.#close())
  }

  get #options() {
    return [...this.#list.querySelectorAll("[role=option]")]
  }

  get #active() {
    return this.#list.querySelector("[aria-selected=true]")
  }

  // What works without script makes room: the search by a button, and boxes to tick.
  #upgrade() {
    this.#input.removeAttribute("name")
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false" }
    attributes["aria-controls"] = this.#list.id
    for (const [name, value] of Object.entries(attributes)) this.#input.setAttribute(name, value)
    this.#list.setAttribute("role", "listbox")
    this.querySelector(".picker__search")?.remove()
    const ticked = [...this.querySelectorAll("input[type=checkbox]:checked")].map((box) => box.closest("li"))
    const people = ticked.map((item) => ({ id: item.querySelector("input").value, item }))
    this.querySelector(".picker__found")?.remove()
    this.#chips.replaceChildren(...people.map(({ id, item }) => buildChip(id, readName(item), item, this.dataset.name)))
  }

  #searchSoon() {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#search(), TYPING_PAUSE)
  }

  // Resolves when the list shows what is typed.
  async #search() {
    clearTimeout(this.#timer)
    const query = this.#input.value.trim()
    const url = new URL(this.dataset.optionsUrl, location)
    url.searchParams.set("q", query)
    try {
      const html = await (await fetchFragment(url)).text()
      if (query === this.#input.value.trim() && this.contains(document.activeElement)) this.#show(html, query)
    } catch {
      // The next letter searches again.
    }
  }

  #show(html, query) {
    this.#list.innerHTML = html
    this.#listedQuery = query
    for (const option of this.#options) if (this.#findChip(option.dataset.id)) option.remove()
    correctPresence(this.#list)
    this.#list.hidden = false
    this.#input.setAttribute("aria-expanded", "true")
    this.#activate(query ? this.#options[0] : null)
    const count = this.#options.length
    this.#announce(interpolate(ngettext("%(count)s person found", "%(count)s people found", count), { count }))
  }

  #close() {
    clearTimeout(this.#timer)
    this.#list.replaceChildren()
    this.#list.hidden = true
    this.#listedQuery = null
    this.#input.setAttribute("aria-expanded", "false")
    this.#input.removeAttribute("aria-activedescendant")
  }

  #activate(option) {
    for (const each of this.#options) each.setAttribute("aria-selected", each === option)
    if (option) this.#input.setAttribute("aria-activedescendant", option.id)
    else this.#input.removeAttribute("aria-activedescendant")
    option?.scrollIntoView({ block: "nearest" })
  }

  #handleKey(event) {
    // While an input method composes, keys are its own.
    if (event.isComposing || event.keyCode === 229) return
    const isOpen = !this.#list.hidden
    if (event.key === "Enter") {
      event.preventDefault()
      this.#entered = this.#entered.then(() => this.#handleEnter())
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault()
      if (isOpen) this.#move(event.key === "ArrowDown" ? 1 : -1)
      else this.#search()
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault()
      this.#close()
    } else if (event.key === "Backspace" && !this.#input.value) {
      this.#remove(this.#chips.lastElementChild)
    }
  }

  #move(step) {
    const options = this.#options
    const index = options.indexOf(this.#active)
    this.#activate(options.at(index < 0 && step < 0 ? -1 : (index + step) % options.length))
  }

  // Chooses who is marked. Where one person alone matches and nobody is chosen yet, nothing is left to ask.
  async #handleEnter() {
    const query = this.#input.value.trim()
    if (!query && !this.#active) return this.#chips.childElementCount ? this.#submit() : undefined
    if (this.#listedQuery !== query) await this.#search()
    const isOnlyOne = this.#options.length === 1 && !this.#chips.childElementCount
    if (!this.#active) return
    this.#choose(this.#active)
    if (isOnlyOne && "opens" in this.dataset) this.#submit()
  }

  #submit() {
    this.closest("form").requestSubmit()
  }

  #choose(option) {
    if (!option) return
    const { id, name } = option.dataset
    this.#chips.append(buildChip(id, name, option, this.dataset.name))
    this.#input.value = ""
    this.#close()
    this.#input.focus()
    this.#announce(interpolate(gettext("%(name)s added"), { name }))
  }

  #remove(chip) {
    if (!chip) return
    const name = readName(chip)
    chip.remove()
    this.#input.focus()
    this.#announce(interpolate(gettext("%(name)s removed"), { name }))
  }

  #findChip(id) {
    return this.#chips.querySelector(`[data-id="${CSS.escape(id)}"]`)
  }

  #announce(text) {
    this.querySelector("[data-status]").textContent = text
  }
}

const readName = (item) => item.querySelector("[data-chip-name]").textContent.trim()

customElements.define("people-picker", PeoplePicker)
