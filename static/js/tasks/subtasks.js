// Sub-tasks of the task that is shown: add them, and tick them off.
import { requestJson } from "lib/api"
import { gettext } from "lib/i18n"
import { showErrorToast } from "lib/toast"
import { refreshDetails } from "tasks/task-refresh"

export async function completeSubtask(details, box) {
  try {
    await requestJson(box.checked ? "PUT" : "DELETE", `/tasks/${box.dataset.completes}/completion`)
  } catch (error) {
    box.checked = !box.checked
    showErrorToast(gettext("Not saved."), error)
  }
  refreshDetails(details)
}

export async function addSubtask(details, form) {
  const field = form.querySelector("input")
  const title = field.value.trim()
  if (!title) return
  field.value = ""
  const { project, task } = details.dataset
  try {
    await requestJson("POST", `/projects/${project}/tasks`, { title, parent_id: task })
  } catch (error) {
    field.value ||= title
    showErrorToast(gettext("Not saved."), error)
  }
  refreshDetails(details)
}
