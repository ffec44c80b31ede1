// Who watches the task that is shown: oneself, by a button, and others of its project.
import { requestJson } from "lib/api"
import { gettext } from "lib/i18n"
import { showErrorToast } from "lib/toast"
import { saveDetail } from "tasks/detail-saving"
import { refreshDetails } from "tasks/task-refresh"

export async function toggleWatch(details, button) {
  const method = button.ariaPressed === "true" ? "DELETE" : "PUT"
  await saveDetail(details, button, () => requestJson(method, `/tasks/${details.taskId}/watch`))
}

export async function toggleWatcher(details, box) {
  const { watcher } = box.dataset
  try {
    await requestJson(box.checked ? "PUT" : "DELETE", `/tasks/${details.taskId}/watchers/${watcher}`)
  } catch (error) {
    box.checked = !box.checked
    showErrorToast(gettext("Not saved."), error)
  }
  refreshDetails(details)
}
