// Filter a list while one types: the parts of the page that are marked by `data-part` follow, and its address too.
import { refreshParts } from "navigation/page-parts"

const TYPING_PAUSE = 250

export function followTyping(form) {
  let timer = 0
  const filter = () => {
    history.replaceState(history.state, "", `?${new URLSearchParams(new FormData(form))}`)
    // The next letter tries again.
    refreshParts().catch(() => {})
  }
  form.addEventListener("input", (event) => {
    clearTimeout(timer)
    if (!event.isComposing) timer = setTimeout(filter, TYPING_PAUSE)
  })
  form.elements.q.addEventListener("compositionend", filter)
}
