// A picture is chosen, then moved and zoomed behind a round window. What is seen there is what is saved.
import { gettext } from "lib/i18n"

const STEP = 0.06
const REACH = 16
// As a finger would move the picture.
const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
// What a picture that is too large to send becomes.
const SENT = 1024

class AvatarCropper extends HTMLElement {
  #image
  #frame
  #zoom
  #file
  // The middle of what is seen, in pixels of the picture.
  #middle = { x: 0, y: 0 }
  #grip = null
  #chosen = null

  connectedCallback() {
    this.#file = this.querySelector("[type=file]")
    this.#frame = this.querySelector(".cropper__frame")
    this.#image = this.#frame.querySelector("img")
    this.#zoom = this.querySelector("[type=range]")
    this.#file.addEventListener("change", () => this.#choose())
    this.#image.addEventListener("load", () => this.#begin())
    this.#image.addEventListener("error", () => this.#image.src && this.#refuse(gettext("This isn’t a picture that this browser can show.")))
    this.#zoom.addEventListener("input", () => this.#draw())
    this.#frame.addEventListener("pointerdown", (event) => this.#grasp(event))
    this.#frame.addEventListener("pointermove", (event) => this.#drag(event))
    for (const type of ["pointerup", "pointercancel"]) this.#frame.addEventListener(type, () => (this.#grip = null))
    this.#frame.addEventListener("keydown", (event) => this.#key(event))
    this.#frame.addEventListener("wheel", (event) => this.#wheel(event), { passive: false })
    this.closest("form").addEventListener("submit", (event) => this.#submit(event))
    addEventListener("pageshow", () => this.#choose())
  }

  disconnectedCallback() {
    URL.revokeObjectURL(this.#image.src)
  }

  #choose() {
    const file = this.#file.files[0] ?? null
    if (file === this.#chosen) return
    this.#chosen = file
    this.#refuse("")
    this.#step.hidden = true
    this.#fill(null)
    URL.revokeObjectURL(this.#image.src)
    if (file) this.#image.src = URL.createObjectURL(file)
  }

  get #step() {
    return this.querySelector(".cropper__step")
  }

  #begin() {
    const { naturalWidth: width, naturalHeight: height } = this.#image
    this.#middle = { x: width / 2, y: height / 2 }
    this.#zoom.value = 1
    this.#step.hidden = false
    this.#draw()
  }

  // The side of what is seen, in pixels of the picture.
  get #side() {
    return Math.max(1, Math.floor(Math.min(this.#image.naturalWidth, this.#image.naturalHeight) / this.#zoom.value))
  }

  #draw() {
    const { naturalWidth: width, naturalHeight: height } = this.#image
    const side = this.#side
    const within = (at, length) => Math.round(Math.max(0, Math.min(length - side, at - side / 2)))
    const square = { x: within(this.#middle.x, width), y: within(this.#middle.y, height), size: side }
    this.#middle = { x: square.x + side / 2, y: square.y + side / 2 }
    const scale = this.#frame.clientWidth / side
    this.#image.style.transform = `translate(${-square.x * scale}px, ${-square.y * scale}px) scale(${scale})`
    this.#fill(square)
  }

  #fill(square) {
    for (const name of ["x", "y", "size"]) this.querySelector(`[name=${name}]`).value = square?.[name] ?? ""
  }

  #move(across, down) {
    const pixels = this.#side / this.#frame.clientWidth
    this.#middle = { x: this.#middle.x - across * pixels, y: this.#middle.y - down * pixels }
    this.#draw()
  }

  #zoomBy(step) {
    this.#zoom.value = Number(this.#zoom.value) + step
    this.#draw()
  }

  #grasp(event) {
    this.#frame.setPointerCapture(event.pointerId)
    this.#grip = { x: event.clientX, y: event.clientY }
  }

  #drag({ clientX: x, clientY: y }) {
    if (!this.#grip) return
    this.#move(x - this.#grip.x, y - this.#grip.y)
    this.#grip = { x, y }
  }

  #key(event) {
    const step = { "+": STEP, "=": STEP, "-": -STEP }[event.key]
    const direction = DIRECTIONS[event.key]
    if ((!step && !direction) || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    if (step) this.#zoomBy(step)
    else this.#move(direction[0] * REACH, direction[1] * REACH)
  }

  #wheel(event) {
    event.preventDefault()
    this.#zoomBy(-Math.sign(event.deltaY) * STEP)
  }

  // Too many bytes for the server, which needs few of them: what is seen is cut out here.
  async #submit(event) {
    if (!this.#chosen || this.#step.hidden || this.#chosen.size <= Number(this.dataset.maxBytes)) return
    event.preventDefault()
    const files = new DataTransfer()
    files.items.add(new File([await this.#cut()], "picture.jpg", { type: "image/jpeg" }))
    this.#file.files = files.files
    this.#chosen = files.files[0]
    this.#fill(null)
    event.target.submit()
  }

  #cut() {
    const canvas = Object.assign(document.createElement("canvas"), { width: SENT, height: SENT })
    const [x, y, size] = ["x", "y", "size"].map((name) => Number(this.querySelector(`[name=${name}]`).value))
    canvas.getContext("2d").drawImage(this.#image, x, y, size, size, 0, 0, SENT, SENT)
    return new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.92))
  }

  #refuse(words) {
    const fault = this.querySelector("[role=alert]")
    fault.hidden = !words
    fault.querySelector("[data-words]").textContent = words
    this.#file.toggleAttribute("aria-invalid", Boolean(words))
    this.#file.setCustomValidity(words)
  }
}

customElements.define("avatar-cropper", AvatarCropper)
