// Load a picture into its place: what the page has of it at once, then better ones as they come.
const ORIGINAL = 2

// `box` gets the image, one after the other in its place. Resolves with whether any could be shown.
export async function loadPicture(box, picture, { signal }) {
  showSize(box, picture)
  let level = -1
  const show = (image, next) => {
    if (signal.aborted || next <= level) return
    level = next
    image.alt = picture.text
    box.replaceChildren(image)
    box.ariaBusy = String(level < ORIGINAL)
  }
  box.replaceChildren()
  box.ariaBusy = "true"
  if (picture.shown) show(buildImage(picture.shown), 0)
  const load = async (address, next) => {
    const image = buildImage(address)
    await image.decode()
    show(image, next)
  }
  const better = [load(picture.preview, 1), load(picture.address, ORIGINAL)]
  await Promise.allSettled(better)
  if (!signal.aborted) box.ariaBusy = "false"
  return level >= 0
}

// Plays what browsers play; nothing of it is loaded before.
export function loadFilm(box, picture) {
  showSize(box, picture)
  const film = document.createElement("video")
  Object.assign(film, { src: picture.address, poster: picture.preview, controls: true, playsInline: true })
  film.ariaLabel = picture.text
  box.ariaBusy = "false"
  box.replaceChildren(film)
  return true
}

export function loadAhead(links) {
  for (const link of links) if (link && link.dataset.film === undefined) buildImage(link.dataset.picture)
}

function showSize(box, { width, height }) {
  box.style.setProperty("--width", width)
  box.style.setProperty("--height", height)
}

const buildImage = (src) => Object.assign(new Image(), { src, decoding: "async" })
