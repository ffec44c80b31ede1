// Report a message to the administrators of the organisation, with a reason.
import { requestJson } from "lib/api"
import { gettext } from "lib/i18n"
import { openMessageDialog } from "messages/message-dialog"

export function openReportDialog(id, excerpt) {
  const field = document.getElementById("report-reason")
  field.value = ""
  openMessageDialog(document.getElementById("report-dialog"), excerpt, () => report(id, field.value.trim()))
  field.focus()
}

async function report(id, reason) {
  if (!reason) throw new Error(gettext("Say what is wrong with it."))
  await requestJson("POST", `/messages/${id}/report`, { reason })
  return gettext("Reported to the administrators.")
}
