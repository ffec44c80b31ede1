// Open pictures, links with `data-picture`, in the lightbox instead of by their address. It is loaded at the first one.
import { isModifiedClick } from "lib/keys"
import { followLink } from "navigation/follow-link"

let isLoading = false

export function startLightbox() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-picture]")
    if (!link || event.defaultPrevented || event.button || isModifiedClick(event)) return
    event.preventDefault()
    if (!isLoading) open(link)
  })
}

async function open(link) {
  isLoading = true
  link.ariaBusy = "true"
  try {
    const { openLightbox } = await import("lightbox/lightbox")
    openLightbox(link)
  } catch {
    followLink(link.href)
  } finally {
    isLoading = false
    link.ariaBusy = null
  }
}
