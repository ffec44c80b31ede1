// Show the earlier versions of a message in a dialog.
import { fetchFragment } from "lib/api"
import { gettext } from "lib/i18n"
import { localiseTimes } from "lib/local-time"
import { showToast } from "lib/toast"

export async function showRevisions(link) {
  const dialog = document.getElementById("revisions-dialog")
  try {
    const response = await fetchFragment(link.href)
    dialog.querySelector("[data-content]").innerHTML = await response.text()
  } catch {
    return showToast(gettext("The edit history could not be loaded."))
  }
  localiseTimes(dialog)
  dialog.showModal()
}
