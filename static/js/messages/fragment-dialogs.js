// Show in a dialog what the server knows about a message: its earlier versions, or who has read it.
import { fetchFragment } from "lib/api"
import { gettext } from "lib/i18n"
import { localiseTimes } from "lib/local-time"
import { showToast } from "lib/toast"
import { correctPresence } from "users/presence"

export function showRevisions(link) {
  return openDialog("revisions-dialog", link.href, gettext("The edit history could not be loaded."))
}

export function showReaders(id) {
  return openDialog("readers-dialog", `/messages/${id}/readers/`, gettext("Who has read it could not be loaded."))
}

async function openDialog(id, url, failure) {
  const dialog = document.getElementById(id)
  const content = dialog.querySelector("[data-content]")
  try {
    const response = await fetchFragment(url)
    content.innerHTML = await response.text()
  } catch {
    return showToast(failure)
  }
  localiseTimes(content)
  correctPresence(content)
  dialog.showModal()
}
