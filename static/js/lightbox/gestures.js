// Follow the pointers on a picture: drag it where it is zoomed, else swipe to the next one or, downwards, away; pinch,
// turn the wheel, click or tap twice to zoom; a click beside it closes.
const SWIPE = 60
const SLOP = 8
// Milliseconds between two taps.
const DOUBLE_TAP = 300
// Change of the scale by a pixel of the wheel, and by one of fingers on a trackpad, which tell fewer.
const WHEEL = 0.002
const PINCH_WHEEL = 0.01
// Pixels of what a wheel counts: pixels, lines, pages.
const WHEEL_UNITS = [1, 16, 400]

export class Gestures {
  #box
  #zoom
  #actions
  // Where they are, by id.
  #pointers = new Map()
  #start = null
  #hasMoved = false
  #isPinch = false
  #isTouch = false
  #lastTap = 0

  // `zoom` is that of the box; `actions`: { next, previous, close }.
  constructor(box, zoom, actions) {
    this.#box = box
    this.#zoom = zoom
    this.#actions = actions
    box.addEventListener("pointerdown", (event) => this.#handleDown(event))
    box.addEventListener("pointermove", (event) => this.#handleMove(event))
    box.addEventListener("pointerup", (event) => this.#handleUp(event))
    box.addEventListener("pointercancel", ({ pointerId }) => this.#release(pointerId))
    box.addEventListener("wheel", (event) => this.#handleWheel(event), { passive: false })
    box.addEventListener("dblclick", (event) => !this.#isTouch && this.#toggle(event))
    box.addEventListener("click", ({ target }) => target === box && !this.#hasMoved && actions.close())
    // A mouse drags it out of the window where it does not move it.
    box.addEventListener("dragstart", (event) => zoom.isZoomed && event.preventDefault())
  }

  #handleDown(event) {
    if (event.button || event.target.closest("video")) return
    this.#pointers.set(event.pointerId, this.#place(event))
    this.#isTouch = event.pointerType !== "mouse"
    this.#isPinch = this.#pointers.size > 1
    if (this.#isPinch) return
    this.#start = this.#place(event)
    this.#hasMoved = false
  }

  #handleMove(event) {
    const last = this.#pointers.get(event.pointerId)
    if (!last) return
    const place = this.#place(event)
    if (!this.#hasMoved) {
      if (measure(place, this.#start) < SLOP && !this.#isPinch) return
      // Not sooner: the click that ends it would be one on the box.
      this.#box.setPointerCapture(event.pointerId)
      this.#hasMoved = true
      this.#box.dataset.dragging = ""
    }
    const other = [...this.#pointers].find(([id]) => id !== event.pointerId)?.[1]
    if (other) this.#pinch(last, place, other)
    else if (this.#zoom.isZoomed) this.#zoom.move(place.x - last.x, place.y - last.y)
    else if (!this.#isPinch && this.#isTouch) this.#showSwipe(place.x - this.#start.x)
    this.#pointers.set(event.pointerId, place)
  }

  #pinch(last, place, other) {
    this.#showSwipe(0)
    this.#zoom.move((place.x - last.x) / 2, (place.y - last.y) / 2)
    const middle = { x: (place.x + other.x) / 2, y: (place.y + other.y) / 2 }
    this.#zoom.by(measure(place, other) / Math.max(1, measure(last, other)), middle)
  }

  #handleUp(event) {
    if (!this.#release(event.pointerId) || !this.#isTouch || this.#isPinch) return
    if (!this.#hasMoved) return this.#tap(event)
    const { x, y } = this.#place(event)
    const [dx, dy] = [x - this.#start.x, y - this.#start.y]
    if (this.#zoom.isZoomed) return
    if (Math.abs(dx) >= SWIPE && Math.abs(dx) > Math.abs(dy)) (dx < 0 ? this.#actions.next : this.#actions.previous)()
    else if (dy >= SWIPE && dy > Math.abs(dx)) this.#actions.close()
  }

  // Not all browsers make a double click of it.
  #tap(event) {
    const isSecond = event.timeStamp - this.#lastTap < DOUBLE_TAP
    this.#lastTap = isSecond ? 0 : event.timeStamp
    if (isSecond) this.#toggle(event)
  }

  #toggle(event) {
    if (event.target.matches("img")) this.#zoom.toggle(this.#place(event))
  }

  #release(id) {
    this.#showSwipe(0)
    delete this.#box.dataset.dragging
    return this.#pointers.delete(id)
  }

  #handleWheel(event) {
    event.preventDefault()
    const speed = event.ctrlKey ? PINCH_WHEEL : WHEEL
    this.#zoom.by(Math.exp(-event.deltaY * WHEEL_UNITS[event.deltaMode] * speed), this.#place(event))
  }

  #showSwipe(distance) {
    this.#box.style.setProperty("--swipe", `${distance}px`)
  }

  // From the middle of the box.
  #place({ clientX, clientY }) {
    const { left, top, width, height } = this.#box.getBoundingClientRect()
    return { x: clientX - left - width / 2, y: clientY - top - height / 2 }
  }
}

const measure = (a, b) => Math.hypot(a.x - b.x, a.y - b.y)
