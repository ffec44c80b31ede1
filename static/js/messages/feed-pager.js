// Load older and newer messages before the user scrolls to them.
import { afterPaint } from "lib/after-paint"
import { fetchFragment } from "lib/api"
import { foldHigh } from "messages/message-body"

const SCREENS_AHEAD = 1.5
const SPINNER_DELAY = 200
const HEADERS = { hasOlder: "X-Has-Older", hasNewer: "X-Has-Newer" }

export class FeedPager {
  #feed
  #url
  #list
  #scroll
  #loading = new Set()

  constructor(feed, { url, list, scroll }) {
    this.#feed = feed
    this.#url = url
    this.#list = list
    this.#scroll = scroll
    feed.addEventListener("scroll", () => this.loadAhead(), { passive: true })
    feed.addEventListener("click", (event) => event.target.closest("[data-load]") && this.loadAhead({ retry: true }))
  }

  // To be called when the feed is where it starts. In the place of another room it comes with its newest messages
  // alone, so that the first frame is soon there; the others follow, at once where there is room for them.
  start(signal) {
    if (this.#isArriving && this.#feed.scrollTop) afterPaint(() => this.#showArrived(), { signal })
    else this.#showArrived()
  }

  // A page that failed is only loaded again with `retry`.
  loadAhead({ retry = false } = {}) {
    if (this.#isArriving) return
    const distance = this.#feed.clientHeight * SCREENS_AHEAD
    const below = this.#feed.scrollHeight - this.#feed.scrollTop - this.#feed.clientHeight
    if (this.#list.hasOlder && this.#feed.scrollTop < distance) this.#loadPage("hasOlder", retry)
    if (this.#list.hasNewer && below < distance) this.#loadPage("hasNewer", retry)
  }

  // Replaces what is shown by the newest page.
  loadLatest() {
    return this.#replaceAll(this.#url)
  }

  // Replaces it by the page around a message.
  loadAround(seq) {
    return this.#replaceAll(`${this.#url}?around=${seq}`)
  }

  // By the page around the first message of a day.
  loadDay(day) {
    return this.#replaceAll(`${this.#url}?date=${day}`)
  }

  get #isArriving() {
    return this.#feed.matches("[data-arriving]")
  }

  #showArrived() {
    if (this.#isArriving) {
      this.#scroll.preservePosition(() => {
        this.#feed.removeAttribute("data-arriving")
        foldHigh(this.#list.items)
      })
    }
    this.loadAhead()
  }

  async #replaceAll(url) {
    const response = await fetchFragment(url)
    const html = await response.text()
    const [hasOlder, hasNewer] = [readHasMore(response, "hasOlder"), readHasMore(response, "hasNewer")]
    this.#list.replaceAll(html, { hasOlder, hasNewer })
    this.#showStart()
  }

  async #loadPage(edge, retry) {
    const row = this.#feed.querySelector(`.feed__loading[data-edge="${edge}"]`)
    if (this.#loading.has(edge) || (row.dataset.failed !== undefined && !retry)) return
    this.#loading.add(edge)
    delete row.dataset.failed
    const showRow = () => this.#scroll.preservePosition(() => (row.hidden = false))
    const timer = setTimeout(showRow, SPINNER_DELAY)
    const seq = edge === "hasOlder" ? `before=${this.#list.firstSeq}` : `after=${this.#list.lastSeq}`
    try {
      const response = await fetchFragment(`${this.#url}?${seq}`)
      const html = await response.text()
      this.#scroll.preservePosition(() => {
        row.hidden = true
        this.#list.extend(html, edge, readHasMore(response, edge))
        this.#showStart()
      })
      queueMicrotask(() => this.loadAhead())
    } catch {
      row.dataset.failed = ""
      showRow()
    } finally {
      clearTimeout(timer)
      this.#loading.delete(edge)
    }
  }

  // The beginning of the room, above its first message.
  #showStart() {
    this.#feed.querySelector(".feed__start").hidden = this.#list.hasOlder
  }
}

const readHasMore = ({ headers }, edge) => headers.get(HEADERS[edge]) === "true"
