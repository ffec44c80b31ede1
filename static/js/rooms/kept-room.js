// The page of a room that is kept, and true to what the socket tells.
import { whenIdle } from "lib/after-paint"
import { prepareAhead } from "messages/feed-layout"
import { applyFrame, describeSurroundings } from "rooms/page-changes"
import { parsePage, requestPage } from "rooms/room-pages"

const MAX_FRAMES = 100

export class KeptRoom {
  #drop
  #html = null
  #page = null
  #frames = []
  #hasEnded = false

  // `drop` is called where it is not to be kept, or no longer.
  constructor(address, drop) {
    this.address = address
    this.#drop = drop
    // Resolves with the room, once its page has come.
    this.request = requestPage(address).then((page) => this.#keep(page))
  }

  get isComplete() {
    return this.#html !== null
  }

  // As from `requestPage`, and `surroundings`.
  get page() {
    this.#page ??= this.#build(parsePage(this.address, this.#html))
    return this.#page
  }

  // The page is to be shown; another one takes its place.
  take() {
    const { page } = this
    this.#page = null
    whenIdle(() => this.#hasEnded || this.page)
    return page
  }

  // What comes before the page does goes into it later.
  apply(frame) {
    this.#frames.push(frame)
    const isRight = !this.#page?.main || applyFrame(this.#page.main, frame)
    if (!isRight || this.#frames.length > MAX_FRAMES) this.#end()
  }

  isAbout(user) {
    return this.#html === null || this.#html.includes(user)
  }

  #keep(page) {
    this.#html = page.html
    const isMember = !page.isForeign && page.main.querySelector("room-feed").dataset.read !== undefined
    // Of other rooms no frames come.
    if (page.address !== this.address || !isMember) this.#end()
    this.#page = this.#build(page)
    return this
  }

  // Of a page that lacks something the feed fetches what that is when it is shown.
  #build(page) {
    if (page.isForeign) return page
    page.surroundings = describeSurroundings(page.main)
    if (!this.#frames.every((frame) => applyFrame(page.main, frame))) this.#end()
    prepareAhead(page.main)
    return page
  }

  #end() {
    this.#hasEnded = true
    this.#drop(this)
  }
}
