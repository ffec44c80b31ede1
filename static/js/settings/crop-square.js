// Compute which square of a picture is seen in a frame, as the picture is moved and zoomed. Lengths are pixels of the
// picture, unless they are the frame's.
export class CropSquare {
  #width
  #height
  #center

  constructor(width, height) {
    this.#width = width
    this.#height = height
    this.#center = { x: width / 2, y: height / 2 }
  }

  // The part that is seen at this zoom (1 shows as much as fits), moved inside the picture: { x, y, size }.
  compute(zoom) {
    const size = Math.max(1, Math.floor(Math.min(this.#width, this.#height) / zoom))
    const clamp = (center, length) => Math.round(Math.max(0, Math.min(length - size, center - size / 2)))
    const [x, y] = [clamp(this.#center.x, this.#width), clamp(this.#center.y, this.#height)]
    this.#center = { x: x + size / 2, y: y + size / 2 }
    return { x, y, size }
  }

  // By pixels of the frame, as a finger moves the picture.
  move(dx, dy, { zoom, frameSize }) {
    const scale = this.compute(zoom).size / frameSize
    this.#center = { x: this.#center.x - dx * scale, y: this.#center.y - dy * scale }
  }
}

// Resolves with the square as a JPEG file of `resolution` × `resolution` pixels.
export async function cropToFile(image, { x, y, size }, resolution) {
  const canvas = Object.assign(document.createElement("canvas"), { width: resolution, height: resolution })
  canvas.getContext("2d").drawImage(image, x, y, size, size, 0, 0, resolution, resolution)
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.92))
  return new File([blob], "picture.jpg", { type: "image/jpeg" })
}
