// Copy a text. Where the clipboard is forbidden, the toast shows the text instead of a confirmation.
import { showToast } from "lib/toast"

export async function copyText(text, confirmation) {
  const isCopied = await navigator.clipboard?.writeText(text).then(() => true, () => false)
  showToast(isCopied ? confirmation : text)
}
