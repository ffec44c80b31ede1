// Change what belongs to the task that is shown but is no field of it: its time, files, relations and watchers.
import { gettext } from "lib/i18n"
import { showErrorToast, showToast } from "lib/toast"
import { refreshDetails } from "tasks/task-refresh"

// Resolves with whether `send` has done it; the task is shown anew by then. Once, however often the button is pressed.
export async function saveDetail(details, button, send) {
  if (button.ariaBusy === "true") return false
  button.ariaBusy = "true"
  try {
    await send()
  } catch (error) {
    showErrorToast(gettext("Not saved."), error)
    return false
  } finally {
    button.ariaBusy = null
  }
  clearForm(button.form)
  await refreshDetails(details)
  return true
}

// A toast that offers to take back what was done; `restore` asks the server for it.
export function showUndo(details, text, restore) {
  const run = async () => {
    try {
      await restore()
      await refreshDetails(details)
    } catch (error) {
      showErrorToast(gettext("Not restored."), error)
    }
  }
  showToast(text, { label: gettext("Undo"), run })
}

function clearForm(form) {
  form?.reset()
  form?.removeAttribute("data-typed")
}

// Says at a field what is wrong with it; resolves with whether nothing is.
export function reportField(field, problem) {
  field.setCustomValidity(problem)
  field.addEventListener("input", () => field.setCustomValidity(""), { once: true })
  return field.reportValidity()
}
