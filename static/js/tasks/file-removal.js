// Take a file off the task that is shown. The file itself stays for a while, so that Undo brings it back.
import { requestJson } from "lib/api"
import { gettext } from "lib/i18n"
import { saveDetail, showUndo } from "tasks/detail-saving"

export async function detachFile(details, button) {
  const { asset } = button.dataset
  const path = `/tasks/${details.taskId}/attachments`
  if (!(await saveDetail(details, button, () => requestJson("DELETE", `${path}/${asset}`)))) return
  details.querySelector("#task-attach")?.focus({ preventScroll: true })
  showUndo(details, gettext("The file is removed."), () => requestJson("POST", path, { asset_ids: [asset] }))
}
