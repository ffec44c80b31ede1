// Read which pictures a page shows, in their order, and what is known of each.
// Films play where they stand in messages, and are stepped to.
const PICTURES = "a[data-picture], video[data-film]"
// What one steps through together: a feed, a panel, a dialog, else the page.
const PLACES = "room-feed, #panel, dialog, main"

export const findPlace = (link) => link.closest(PLACES) ?? document.body

export const listPictures = (place) => [...place.querySelectorAll(PICTURES)]

// A newer version of a message has other elements for the same pictures.
export function identify(link) {
  return `${findItem(link)?.id ?? ""} ${link.closest("[data-asset]")?.dataset.asset ?? link.href}`
}

// { key, address, preview, shown, width, height, name, download, text, author, at, isFilm }. `address` is that of the
// original, `preview` of its large thumbnail, `shown` of what the page shows.
export function readPicture(link) {
  const { picture, download, name, width, height, author, at, film } = link.dataset
  const item = findItem(link)
  const image = link.querySelector("img")
  return {
    key: identify(link),
    address: link.href ?? link.src,
    preview: picture,
    shown: image?.complete && image.naturalWidth ? image.currentSrc : "",
    width: Number(width),
    height: Number(height),
    name,
    download,
    text: (image ? image.alt : link.ariaLabel) || name,
    author: author ?? item?.dataset.name ?? "",
    at: at ?? item?.querySelector("time[datetime]")?.dateTime,
    isFilm: film !== undefined,
  }
}

// Whether a message says that it has the picture no longer. What the page has only let go of is shown on.
export function isRemoved(key, place) {
  const id = key.split(" ")[0]
  const item = id && place.querySelector(`[id="${CSS.escape(id)}"]`)
  return Boolean(item) && !listPictures(item).some((link) => identify(link) === key)
}

const findItem = (link) => link.closest(".feed__item")
