// The list under a field for people: what the server has found, one of them marked. The field names it as a combobox.
import { fetchFragment } from "lib/api"
import { correctPresence } from "users/presence"

export class PeopleOptions {
  #input
  #list
  #url
  // What the list shows the people for; null while it is closed.
  query = null

  constructor({ input, list, url, onChoose }) {
    this.#input = input
    this.#list = list
    this.#url = url
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id }
    for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value)
    input.ariaExpanded = "false"
    list.setAttribute("role", "listbox")
    list.addEventListener("pointerdown", (event) => event.preventDefault())
    list.addEventListener("click", ({ target }) => {
      const option = target.closest("[role=option]")
      if (option) onChoose(option)
    })
  }

  get isOpen() {
    return this.query !== null
  }

  get all() {
    return [...this.#list.querySelectorAll("[role=option]")]
  }

  get active() {
    return this.#list.querySelector("[aria-selected=true]")
  }

  async fetch(query) {
    const url = new URL(this.#url, location)
    url.searchParams.set("q", query)
    return (await fetchFragment(url)).text()
  }

  // Those in `chosen`, a set of ids, are left out. The first is marked if something was typed.
  show(html, query, chosen) {
    this.#list.innerHTML = html
    for (const option of this.all) if (chosen.has(option.dataset.id)) option.remove()
    correctPresence(this.#list)
    this.query = query
    this.#list.hidden = false
    this.#input.ariaExpanded = "true"
    this.#activate(query ? this.all[0] : null)
  }

  close() {
    this.#list.replaceChildren()
    this.#list.hidden = true
    this.query = null
    this.#input.ariaExpanded = "false"
    this.#input.removeAttribute("aria-activedescendant")
  }

  move(step) {
    const index = this.all.indexOf(this.active)
    this.#activate(this.all.at(index < 0 && step < 0 ? -1 : (index + step) % this.all.length))
  }

  #activate(option) {
    for (const each of this.all) each.setAttribute("aria-selected", each === option)
    if (option) this.#input.setAttribute("aria-activedescendant", option.id)
    else this.#input.removeAttribute("aria-activedescendant")
    option?.scrollIntoView({ block: "nearest" })
  }
}
