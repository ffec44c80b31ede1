// A small picture of a file: of one that was chosen, drawn from its bytes, else that of the server.
import { readBytes } from "attachments/file-bytes"

// Pixels, for dense screens too.
const SIZE = 96

export const isPicture = ({ type }) => type.startsWith("image/")

export function showThumbnail(box, url) {
  box.replaceChildren(Object.assign(new Image(), { src: url, alt: "" }))
}

// Puts it in the place of what the box shows. What the browser can't draw stays an icon.
export async function showPreview(box, file) {
  try {
    const bitmap = await createImageBitmap(await readBytes(file.id), { resizeHeight: SIZE, resizeQuality: "medium" })
    const canvas = Object.assign(document.createElement("canvas"), { width: bitmap.width, height: bitmap.height })
    canvas.getContext("2d").drawImage(bitmap, 0, 0)
    bitmap.close()
    box.replaceChildren(canvas)
  } catch {
    // Such as HEIC, of which the server makes a picture later.
  }
}
