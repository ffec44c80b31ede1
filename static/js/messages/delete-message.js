// Ask in a dialog before a message is deleted.
import { requestJson } from "lib/api"
import { gettext } from "lib/i18n"
import { showErrorToast } from "lib/toast"

const EXCERPT_LENGTH = 160

export function confirmDeletion({ id, text, onChange }) {
  const dialog = document.getElementById("delete-dialog")
  const excerpt = text.length > EXCERPT_LENGTH ? `${text.slice(0, EXCERPT_LENGTH)}…` : text
  dialog.querySelector(".dialog__excerpt").textContent = excerpt
  dialog.returnValue = ""
  dialog.showModal()
  const handleClose = () => dialog.returnValue === "delete" && deleteMessage(id, onChange)
  dialog.addEventListener("close", handleClose, { once: true })
}

async function deleteMessage(id, onChange) {
  try {
    await requestJson("DELETE", `/messages/${id}`)
    onChange()
  } catch (error) {
    showErrorToast(gettext("Not deleted."), error)
  }
}
