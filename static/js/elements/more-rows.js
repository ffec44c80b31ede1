// <more-rows>: a link to the next rows of a list, in its last row. As it comes into view they take that row's place.
import { fetchRows } from "lib/api"
import { localiseTimes } from "lib/local-time"
import { correctPresence } from "users/presence"

// Rows are loaded before the reader arrives at them.
const MARGIN = "600px"

class MoreRows extends HTMLElement {
  #observer = null
  #isLoading = false

  connectedCallback() {
    this.#observer = new IntersectionObserver(([{ isIntersecting }]) => isIntersecting && this.#load(), {
      rootMargin: MARGIN,
    })
    this.#observer.observe(this)
    this.addEventListener("click", (event) => {
      event.preventDefault()
      this.#load()
    })
  }

  disconnectedCallback() {
    this.#observer.disconnect()
  }

  async #load() {
    if (this.#isLoading) return
    this.#isLoading = true
    const link = this.querySelector("a")
    link.setAttribute("aria-busy", "true")
    try {
      const response = await fetchRows(link.href)
      this.#showRows(await response.text())
    } catch {
      // The link stays, and can be pressed again.
      this.#isLoading = false
      link.removeAttribute("aria-busy")
    }
  }

  #showRows(html) {
    const row = this.closest("li")
    const list = row.parentElement
    const hadFocus = this.contains(document.activeElement)
    const index = [...list.children].indexOf(row)
    row.outerHTML = html
    localiseTimes(list)
    correctPresence(list)
    if (hadFocus) list.children[index]?.querySelector("a, button, input")?.focus()
  }
}

customElements.define("more-rows", MoreRows)
