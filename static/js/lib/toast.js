// Show a short notice in the corner, on this page or on the next one.
const NEXT_PAGE_KEY = "atrium.toast"

export function showToast(text) {
  const toast = Object.assign(document.createElement("p"), { className: "toast", textContent: text })
  document.getElementById("toasts").append(toast)
  setTimeout(() => toast.remove(), 6000)
}

// "Not saved.", and the server's reason.
export function showErrorToast(text, error) {
  showToast(`${text} ${error.message}`)
}

export function saveToastForNextPage(text) {
  sessionStorage.setItem(NEXT_PAGE_KEY, text)
}

export function showSavedToast() {
  const text = sessionStorage.getItem(NEXT_PAGE_KEY)
  sessionStorage.removeItem(NEXT_PAGE_KEY)
  if (text) showToast(text)
}
