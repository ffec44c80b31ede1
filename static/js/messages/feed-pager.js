// Older messages above, newer ones below when the room was opened in its past. Loaded before the reader gets there.
import { page } from "lib/api"

const SCREENS_AHEAD = 1.5

export class FeedPager {
  #box
  #url
  #list
  #scroll
  #loading = new Set()

  constructor(box, { url, list, scroll }) {
    this.#box = box
    this.#url = url
    this.#list = list
    this.#scroll = scroll
    box.addEventListener("scroll", () => this.fill(), { passive: true })
    box.addEventListener("click", (event) => event.target.closest("[data-load]") && this.fill(true))
  }

  fill(again = false) {
    const ahead = this.#box.clientHeight * SCREENS_AHEAD
    const below = this.#box.scrollHeight - this.#box.scrollTop - this.#box.clientHeight
    if (this.#list.hasOlder && this.#box.scrollTop < ahead) this.#load("hasOlder", again)
    if (this.#list.hasNewer && below < ahead) this.#load("hasNewer", again)
  }

  // The newest page in place of what is shown.
  async restart() {
    const response = await page(this.#url)
    const html = await response.text()
    this.#list.replaceAll(html, { hasOlder: hasMore(response, "hasOlder"), hasNewer: hasMore(response, "hasNewer") })
    this.#box.querySelector(".feed__start").hidden = this.#list.hasOlder
  }

  async #load(edge, again) {
    const row = this.#row(edge)
    if (this.#loading.has(edge) || (row.dataset.failed !== undefined && !again)) return
    this.#loading.add(edge)
    delete row.dataset.failed
    const late = setTimeout(() => this.#scroll.keepingPlace(() => (row.hidden = false)), 200)
    const seq = edge === "hasOlder" ? `before=${this.#list.firstSeq}` : `after=${this.#list.lastSeq}`
    try {
      const response = await page(`${this.#url}?${seq}`)
      const html = await response.text()
      const more = hasMore(response, edge)
      this.#scroll.keepingPlace(() => {
        row.hidden = true
        this.#list.extend(html, edge, more)
        if (edge === "hasOlder") this.#box.querySelector(".feed__start").hidden = more
      })
      queueMicrotask(() => this.fill())
    } catch {
      row.dataset.failed = ""
      this.#scroll.keepingPlace(() => (row.hidden = false))
    } finally {
      clearTimeout(late)
      this.#loading.delete(edge)
    }
  }

  #row(edge) {
    return this.#box.querySelector(`.feed__loading[data-edge="${edge}"]`)
  }
}

const hasMore = ({ headers }, edge) => headers.get(edge === "hasOlder" ? "X-Has-Older" : "X-Has-Newer") === "true"
