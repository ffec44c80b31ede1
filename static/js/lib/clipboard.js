// Copy a text. Where the clipboard is forbidden, the toast shows the text instead of a confirmation.
import { showToast } from "lib/toast"

export async function copyText(text, confirmation) {
  const isCopied = await navigator.clipboard?.writeText(text).then(() => true, () => false)
  showToast(isCopied ? confirmation : text)
}

// A text that has still to come, as a promise. Some browsers let a press of a button alone copy, and not what follows.
export async function copyLater(text, confirmation) {
  if (!navigator.clipboard?.write) return copyText(await text, confirmation)
  const blob = text.then((words) => new Blob([words], { type: "text/plain" }))
  const write = navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })])
  const isCopied = await write.then(() => true, () => false)
  showToast(isCopied ? confirmation : await text)
}
