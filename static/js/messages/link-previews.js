// Let authors remove files from their messages, and the previews of links below them.
import { requestJson } from "lib/api"
import { gettext } from "lib/i18n"
import { showErrorToast } from "lib/toast"

export function showRemoveButtons(item, canEdit) {
  for (const button of item.querySelectorAll("[data-remove-preview], [data-remove-asset]")) button.hidden = !canEdit
}

// `onChange` gets the new version of the message.
export async function removePart(button, onChange) {
  const { id } = button.closest(".feed__item").dataset
  const { removePreview, removeAsset } = button.dataset
  const part = removeAsset ? `assets/${removeAsset}` : `previews/${removePreview}`
  button.disabled = true
  try {
    const { version } = await requestJson("DELETE", `/messages/${id}/${part}`)
    onChange(version)
  } catch (error) {
    button.disabled = false
    showErrorToast(gettext("Not done."), error)
  }
}
