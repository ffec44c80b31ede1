// Show a short notice in the corner, on this page or on the next one.
import { findUsedBoxes } from "lib/last-used"

const NEXT_PAGE_KEY = "atrium.toast"
const DURATION = 6000
const DURATION_WITH_ACTION = 12000
// Under the bar, over the composer, beside the sidebar.
const PLACES = ["", "below", "beside"]

// `action`: { label, run }, a button that takes back what the toast tells of. Such a toast stays longer. Returns it.
export function showToast(text, action) {
  const toast = Object.assign(document.createElement("p"), { className: "toast", textContent: text })
  if (action) toast.append(buildAction(toast, action))
  const toasts = document.getElementById("toasts")
  toasts.append(toast)
  placeToasts(toasts)
  setTimeout(() => toast.remove(), action ? DURATION_WITH_ACTION : DURATION)
  return toast
}

// "Not saved.", and the server's reason.
export function showErrorToast(text, error) {
  showToast(`${text} ${error.message}`)
}

// `saved`: { text, restores }, of which the latter names what Undo brings back, where there is any.
export function saveToastForNextPage(saved) {
  sessionStorage.setItem(NEXT_PAGE_KEY, JSON.stringify(saved))
}

// Returns what the page before this one has saved, or null.
export function takeSavedToast() {
  const saved = sessionStorage.getItem(NEXT_PAGE_KEY)
  sessionStorage.removeItem(NEXT_PAGE_KEY)
  return saved && JSON.parse(saved)
}

function buildAction(toast, { label, run }) {
  const button = Object.assign(document.createElement("button"), { className: "btn btn--sm", type: "button" })
  button.textContent = label
  button.addEventListener("click", () => {
    toast.remove()
    run()
  })
  return button
}

// The first place where they cover nothing that was just used.
function placeToasts(toasts) {
  const used = findUsedBoxes()
  toasts.dataset.place = PLACES.find((place) => {
    toasts.dataset.place = place
    const box = toasts.getBoundingClientRect()
    return !used.some((each) => overlap(box, each))
  }) ?? PLACES[0]
}

function overlap(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}
