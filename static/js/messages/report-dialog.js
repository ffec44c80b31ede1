// Report a message to the administrators of the organisation, with a reason.
import { requestJson } from "lib/api"
import { gettext } from "lib/i18n"
import { showToast } from "lib/toast"

let removal = new AbortController()

export function openReportDialog(id, excerpt) {
  removal.abort()
  removal = new AbortController()
  const { signal } = removal
  const dialog = document.getElementById("report-dialog")
  const reason = document.getElementById("report-reason")
  dialog.querySelector(".dialog__excerpt").textContent = excerpt
  reason.value = ""
  showError(dialog, "")
  dialog.querySelector("form").addEventListener(
    "submit",
    (event) => {
      event.preventDefault()
      report(dialog, id, reason.value.trim())
    },
    { signal },
  )
  dialog.addEventListener("close", () => removal.abort(), { signal })
  dialog.showModal()
  reason.focus()
}

async function report(dialog, id, reason) {
  if (!reason) return showError(dialog, gettext("Say what is wrong with it."))
  const button = dialog.querySelector("[type=submit]")
  button.setAttribute("aria-busy", "true")
  try {
    await requestJson("POST", `/messages/${id}/report`, { reason })
    dialog.close()
    showToast(gettext("Reported to the administrators."))
  } catch (error) {
    showError(dialog, error.message)
  } finally {
    button.removeAttribute("aria-busy")
  }
}

function showError(dialog, text) {
  const error = dialog.querySelector(".field__error")
  error.hidden = !text
  error.querySelector("[data-words]").textContent = text
}
