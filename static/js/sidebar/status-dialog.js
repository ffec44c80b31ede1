// Set the current user's status in a dialog. The page shows it once the server announces it.
import { submitForm } from "lib/api"
import { isModifiedClick } from "lib/keys"
import { currentUser } from "users/current-user"

export function startStatusDialog() {
  const dialog = document.getElementById("status-dialog")
  const form = dialog.querySelector("form")
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-sets-status]")
    if (!link || isModifiedClick(event)) return
    event.preventDefault()
    document.getElementById("user-menu").hidePopover()
    fillCurrentStatus(form)
    dialog.showModal()
  })
  form.addEventListener("click", ({ target }) => {
    const suggestion = target.closest("[data-text]")
    if (suggestion) fillSuggestion(form, suggestion.dataset)
  })
  form.addEventListener("submit", async (event) => {
    event.preventDefault()
    if (await submitStatus(form, event.submitter)) dialog.close()
  })
}

function fillCurrentStatus(form) {
  const status = document.querySelector(`[data-status="${CSS.escape(currentUser.id)}"]`)
  const hasExpiry = Boolean(status?.dataset.expires)
  const { emoji, text, clear_after: clearAfter } = form.elements
  emoji.value = status?.firstChild?.nodeValue?.trim() ?? ""
  text.value = status?.title ?? ""
  const keepExpiry = clearAfter.querySelector("[value=keep]")
  keepExpiry.hidden = keepExpiry.disabled = !hasExpiry
  clearAfter.value = hasExpiry ? "keep" : ""
  form.querySelector("[data-clears]").hidden = !emoji.value
  showError(form, "")
}

function fillSuggestion(form, { emoji, text, clear }) {
  form.elements.emoji.value = emoji
  form.elements.text.value = text
  form.elements.clear_after.value = clear
  form.elements.text.focus()
}

async function submitStatus(form, button) {
  button?.setAttribute("aria-busy", "true")
  try {
    const response = await submitForm(form, button)
    if (response.ok) return true
    showError(form, await response.text())
  } catch (error) {
    showError(form, error.message)
  } finally {
    button?.removeAttribute("aria-busy")
  }
  return false
}

function showError(form, text) {
  const error = form.querySelector("[role=alert]")
  error.hidden = !text
  error.querySelector("[data-words]").textContent = text
}
