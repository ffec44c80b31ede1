// The lightbox: a picture as large as the window, and the others of its place a step away.
import { gettext } from "lib/i18n"
import { enterOverlay, leaveOverlay } from "lib/overlay-history"
import { Frame } from "lightbox/frame"
import { Gestures } from "lightbox/gestures"
import { loadAhead, loadFilm, loadPicture } from "lightbox/loading"
import { findPlace, identify, isRemoved, listPictures, readPicture } from "lightbox/pictures"
import { Zoom } from "lightbox/zoom"

const STEPS = { ArrowLeft: -1, ArrowRight: 1, PageUp: -1, PageDown: 1 }
// Pixels by which keys move what is zoomed.
const MOVE = 64
const MOVES = { ArrowLeft: [MOVE, 0], ArrowRight: [-MOVE, 0], ArrowUp: [0, MOVE], ArrowDown: [0, -MOVE] }

export function openLightbox(link) {
  if (!document.querySelector("dialog.lightbox")) new Lightbox(link).open()
}

class Lightbox {
  #place
  #openerKey
  #frame = new Frame()
  #zoom = new Zoom(this.#frame.stage)
  // Null once it was removed.
  #picture
  // Where it stands among the others, or stood.
  #index = 0
  #loading = new AbortController()
  #observer = new MutationObserver(() => this.#follow())

  constructor(link) {
    this.#place = findPlace(link)
    this.#openerKey = identify(link)
    this.#picture = readPicture(link)
  }

  open() {
    const { dialog, stage, buttons } = this.#frame
    const steps = { next: () => this.#step(1), previous: () => this.#step(-1), close: () => dialog.close() }
    const actions = { ...steps, in: () => this.#zoom.in(), out: () => this.#zoom.out() }
    for (const [name, run] of Object.entries(actions)) buttons[name].addEventListener("click", run)
    new Gestures(stage, this.#zoom, steps)
    dialog.addEventListener("keydown", (event) => this.#handleKey(event))
    dialog.addEventListener("close", () => this.#handleClose())
    document.body.append(dialog)
    for (const film of this.#links) film.pause?.()
    dialog.showModal()
    enterOverlay(() => dialog.close())
    this.#observer.observe(this.#place, { childList: true, subtree: true })
    this.#show(this.#picture)
  }

  get #links() { return listPictures(this.#place) }

  async #show(picture) {
    const { stage } = this.#frame
    this.#loading.abort()
    this.#loading = new AbortController()
    const { signal } = this.#loading
    this.#picture = picture
    this.#frame.hold(picture)
    this.#describe()
    const isShown = picture.isFilm ? loadFilm(stage, picture) : loadPicture(stage, picture, { signal })
    this.#zoom.reset()
    if (!(await isShown) && !signal.aborted) this.#giveUp(gettext("The picture could not be loaded."))
    // What comes next is there when it is asked for.
    if (!signal.aborted) loadAhead([this.#links[this.#index + 1], this.#links[this.#index - 1]])
  }

  #describe() {
    const links = this.#links
    const index = links.findIndex((link) => identify(link) === this.#picture?.key)
    if (index >= 0) this.#index = index
    this.#frame.describe(this.#picture, this.#index, links.length)
  }

  #step(step) {
    // The next one has taken the place of one that was removed.
    const link = this.#links[this.#index + (this.#picture || step < 0 ? step : 0)]
    if (link) this.#show(readPicture(link))
  }

  // Messages come, change and go meanwhile.
  #follow() {
    if (this.#picture && isRemoved(this.#picture.key, this.#place)) {
      this.#loading.abort()
      this.#picture = null
      this.#giveUp(gettext("The picture was deleted."))
    }
    this.#describe()
  }

  #giveUp(words) {
    this.#frame.showNotice(words)
    this.#zoom.reset()
  }

  #handleKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("video")) return
    const run = this.#findAction(event.key)
    if (run) event.preventDefault()
    run?.()
  }

  #findAction(key) {
    const zoom = this.#zoom
    if (zoom.isZoomed && MOVES[key]) return () => zoom.move(...MOVES[key])
    if (STEPS[key]) return () => this.#step(STEPS[key])
    return { "+": () => zoom.in(), "=": () => zoom.in(), "-": () => zoom.out(), 0: () => zoom.reset() }[key]
  }

  #handleClose() {
    this.#observer.disconnect()
    this.#loading.abort()
    this.#frame.dialog.remove()
    leaveOverlay()
    // The browser has given back the focus, but where a newer version of the message has come.
    this.#links.find((link) => identify(link) === this.#openerKey)?.focus({ preventScroll: true })
  }
}
