// A dialog with a form about one message: its beginning, what sending the form does, and why that failed.
import { showToast } from "lib/toast"

let opening = new AbortController()

// `send` does what the form is for and returns what a toast then says, a text or { text, action }; it throws an error
// that the user has to read.
// Returns a signal that ends what listens for as long as this dialog is open.
export function openMessageDialog(dialog, excerpt, send) {
  opening.abort()
  opening = new AbortController()
  const { signal } = opening
  dialog.querySelector(".dialog__excerpt").textContent = excerpt
  const submit = (event) => {
    event.preventDefault()
    submitDialog(dialog, event.submitter, send)
  }
  dialog.querySelector("form").addEventListener("submit", submit, { signal })
  const end = () => {
    opening.abort()
    showDialogError(dialog, "")
  }
  dialog.addEventListener("close", end, { signal })
  dialog.showModal()
  return signal
}

export function showDialogError(dialog, text) {
  const error = dialog.querySelector(".field__error")
  error.hidden = !text
  error.querySelector("[data-words]").textContent = text
}

async function submitDialog(dialog, button, send) {
  button?.setAttribute("aria-busy", "true")
  try {
    const done = await send()
    dialog.close()
    showToast(done?.text ?? done, done?.action)
  } catch (error) {
    showDialogError(dialog, error.message)
  } finally {
    button?.removeAttribute("aria-busy")
  }
}
