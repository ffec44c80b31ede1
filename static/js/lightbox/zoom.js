// How far a picture is zoomed, and where it has been moved, inside the box that shows it. Lengths are CSS pixels;
// places are measured from the middle of the box.
const MAX_SCALE = 8
const STEP = 1.5

export class Zoom {
  #box
  #scale = 1
  #x = 0
  #y = 0

  // `box` is an element with one picture in it, which fits at a scale of 1.
  constructor(box) {
    this.#box = box
  }

  get isZoomed() { return this.#scale > 1 }

  reset() {
    this.#set(1, 0, 0)
  }

  in(place) { this.by(STEP, place) }

  out(place) { this.by(1 / STEP, place) }

  // The point of the picture that is under `place` stays there.
  by(factor, { x, y } = { x: 0, y: 0 }) {
    const scale = Math.min(MAX_SCALE, Math.max(1, this.#scale * factor))
    const ratio = scale / this.#scale
    this.#set(scale, x - (x - this.#x) * ratio, y - (y - this.#y) * ratio)
  }

  // To its own size and back, at least twice as large as it fits.
  toggle(place) {
    const picture = this.#picture
    const own = (picture.naturalWidth ?? 0) / Math.max(picture.offsetWidth, 1)
    if (this.isZoomed) this.reset()
    else this.by(Math.max(2, own), place)
  }

  move(dx, dy) {
    this.#set(this.#scale, this.#x + dx, this.#y + dy)
  }

  get #picture() { return this.#box.firstElementChild }

  // The picture is moved no further than to its edges.
  #set(scale, x, y) {
    const { offsetWidth: width = 0, offsetHeight: height = 0 } = this.#picture ?? {}
    const clamp = (value, length, room) => {
      const most = Math.max(0, (length * scale - room) / 2)
      return Math.max(-most, Math.min(most, value))
    }
    this.#scale = scale
    this.#x = clamp(x, width, this.#box.clientWidth)
    this.#y = clamp(y, height, this.#box.clientHeight)
    this.#box.toggleAttribute("data-zoomed", this.isZoomed)
    this.#box.style.setProperty("--scale", scale)
    this.#box.style.setProperty("--x", `${this.#x}px`)
    this.#box.style.setProperty("--y", `${this.#y}px`)
  }
}
