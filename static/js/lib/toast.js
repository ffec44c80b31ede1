// A short word in the corner. It may be left for the next page to say.
const NEXT = "atrium.toast"

export function toast(text) {
  const note = Object.assign(document.createElement("p"), { className: "toast", textContent: text })
  document.getElementById("toasts").append(note)
  setTimeout(() => note.remove(), 6000)
}

export function toastOnNextPage(text) {
  sessionStorage.setItem(NEXT, text)
}

export function sayWhatWasLeft() {
  const text = sessionStorage.getItem(NEXT)
  sessionStorage.removeItem(NEXT)
  if (text) toast(text)
}
