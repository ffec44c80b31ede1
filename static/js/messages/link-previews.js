// Let authors remove the previews of links below their messages.
import { requestJson } from "lib/api"
import { gettext } from "lib/i18n"
import { showErrorToast } from "lib/toast"

export function showRemoveButtons(item, canEdit) {
  for (const button of item.querySelectorAll("[data-remove-preview]")) button.hidden = !canEdit
}

// `onChange` gets the new version of the message.
export async function removePreview(button, onChange) {
  const { id } = button.closest(".feed__item").dataset
  button.disabled = true
  try {
    const { version } = await requestJson("DELETE", `/messages/${id}/previews/${button.dataset.removePreview}`)
    onChange(version)
  } catch (error) {
    button.disabled = false
    showErrorToast(gettext("Not done."), error)
  }
}
