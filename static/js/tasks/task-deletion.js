// Delete the task that is shown: the panel closes, its own page leads back to the board. Undo brings it back.
import { requestJson } from "lib/api"
import { gettext } from "lib/i18n"
import { saveToastForNextPage, showErrorToast, showToast } from "lib/toast"

export async function deleteShownTask(details) {
  const { task, project } = details.dataset
  const text = gettext("The task is deleted.")
  try {
    await requestJson("DELETE", `/tasks/${task}`)
  } catch (error) {
    return showErrorToast(gettext("Not deleted."), error)
  }
  const close = details.closest("#panel")?.querySelector("[data-panel-close]")
  if (!close) {
    saveToastForNextPage({ text, restores: `/tasks/${task}` })
    return location.assign(`/projects/${project}/board/`)
  }
  close.click()
  showToast(text, { label: gettext("Undo"), run: () => restore(task) })
}

const restore = (task) =>
  requestJson("POST", `/tasks/${task}/restore`).catch((error) => showErrorToast(gettext("Not restored."), error))
