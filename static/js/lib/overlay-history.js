// While something covers the page it has an entry in the window's history: Back closes it, and what is opened from it
// comes in its place. One thing at a time.
let closeOpen = null
// Until the browser has gone back, which takes a moment.
let isLeaving = false

export function startOverlayHistory() {
  addEventListener("popstate", handlePopState)
  // Back led to a page that had been left by what covered it, or it was loaded again.
  if (isOverlayInHistory()) history.back()
}

// `close` is called where Back is pressed.
export function enterOverlay(close) {
  closeOpen = close
  if (!isLeaving) addEntry()
}

export function leaveOverlay() {
  closeOpen = null
  if (isLeaving || !isOverlayInHistory()) return
  isLeaving = true
  history.back()
}

export const isOverlayInHistory = () => Boolean(history.state?.isOverlay)

function handlePopState() {
  if (isLeaving) {
    isLeaving = false
    if (closeOpen) addEntry()
  } else if (!isOverlayInHistory()) {
    const close = closeOpen
    closeOpen = null
    close?.()
  }
}

function addEntry() {
  history.pushState({ ...history.state, isOverlay: true }, "")
}
