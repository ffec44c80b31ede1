// <avatar-cropper>: lets the user choose a picture, and move and zoom it in a round frame that shows what is saved.
import { gettext } from "lib/i18n"
import { followGestures } from "settings/crop-gestures"
import { CropSquare, cropToFile } from "settings/crop-square"

// Of the copy that replaces a picture too large to upload, in pixels.
const RESOLUTION = 1024

class AvatarCropper extends HTMLElement {
  #input
  #frame
  #image
  #zoom
  #step
  #square = null
  #file = null

  connectedCallback() {
    this.#input = this.querySelector("[type=file]")
    this.#frame = this.querySelector(".cropper__frame")
    this.#image = this.#frame.querySelector("img")
    this.#zoom = this.querySelector("[type=range]")
    this.#step = this.querySelector(".cropper__step")
    this.#input.addEventListener("change", () => this.#loadFile())
    this.#image.addEventListener("load", () => this.#startCropping())
    this.#image.addEventListener("error", () => this.#handleImageError())
    this.#zoom.addEventListener("input", () => this.#render())
    followGestures(this.#frame, { onMove: (dx, dy) => this.#moveBy(dx, dy), onZoom: (step) => this.#zoomBy(step) })
    this.closest("form").addEventListener("submit", (event) => this.#handleSubmit(event))
    // The browser may restore the chosen file with the page.
    addEventListener("pageshow", () => this.#loadFile())
  }

  disconnectedCallback() {
    URL.revokeObjectURL(this.#image.src)
  }

  #loadFile() {
    const file = this.#input.files[0] ?? null
    if (file === this.#file) return
    this.#file = file
    this.#showError("")
    this.#step.hidden = true
    this.#fillFields(null)
    URL.revokeObjectURL(this.#image.src)
    if (file) this.#image.src = URL.createObjectURL(file)
  }

  #startCropping() {
    this.#square = new CropSquare(this.#image.naturalWidth, this.#image.naturalHeight)
    this.#zoom.value = 1
    this.#step.hidden = false
    this.#render()
  }

  #handleImageError() {
    // Also dispatched when the source is removed.
    if (this.#image.src) this.#showError(gettext("This isn’t a picture that this browser can show."))
  }

  #render() {
    const square = this.#square.compute(this.#zoom.value)
    const scale = this.#frame.clientWidth / square.size
    this.#image.style.transform = `translate(${-square.x * scale}px, ${-square.y * scale}px) scale(${scale})`
    this.#fillFields(square)
  }

  #fillFields(square) {
    for (const name of ["x", "y", "size"]) this.querySelector(`[name=${name}]`).value = square?.[name] ?? ""
  }

  #moveBy(dx, dy) {
    this.#square.move(dx, dy, { zoom: this.#zoom.value, frameSize: this.#frame.clientWidth })
    this.#render()
  }

  #zoomBy(step) {
    this.#zoom.value = Number(this.#zoom.value) + step
    this.#render()
  }

  // A file too large for the server is cropped here, and a smaller copy uploaded.
  async #handleSubmit(event) {
    if (!this.#file || this.#step.hidden || this.#file.size <= Number(this.dataset.maxBytes)) return
    event.preventDefault()
    const transfer = new DataTransfer()
    transfer.items.add(await cropToFile(this.#image, this.#square.compute(this.#zoom.value), RESOLUTION))
    this.#input.files = transfer.files
    this.#file = transfer.files[0]
    this.#fillFields(null)
    event.target.submit()
  }

  #showError(text) {
    const error = this.querySelector("[role=alert]")
    error.hidden = !text
    error.querySelector("[data-words]").textContent = text
    this.#input.toggleAttribute("aria-invalid", Boolean(text))
    this.#input.setCustomValidity(text)
  }
}

customElements.define("avatar-cropper", AvatarCropper)
