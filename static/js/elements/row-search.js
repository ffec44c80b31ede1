// <row-search data-list="id">: its form searches a long list while one types; the rows found take the list's place.
import { fetchRows } from "lib/api"
import { correctPresence } from "users/presence"

const TYPING_PAUSE = 200

class RowSearch extends HTMLElement {
  #timer = 0
  #lastRequest = 0

  connectedCallback() {
    const form = this.closest("form")
    form.addEventListener("input", () => {
      clearTimeout(this.#timer)
      this.#timer = setTimeout(() => this.#search(form), TYPING_PAUSE)
    })
    form.addEventListener("submit", (event) => {
      event.preventDefault()
      event.stopPropagation()
      this.#search(form)
    })
  }

  async #search(form) {
    clearTimeout(this.#timer)
    const request = ++this.#lastRequest
    const url = new URL(form.action)
    url.search = new URLSearchParams(new FormData(form))
    try {
      const html = await (await fetchRows(url)).text()
      if (request !== this.#lastRequest) return
      const list = document.getElementById(this.dataset.list)
      list.innerHTML = html
      correctPresence(list)
    } catch {
      // The next letter searches again.
    }
  }
}

customElements.define("row-search", RowSearch)
