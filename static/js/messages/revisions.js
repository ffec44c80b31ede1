// Earlier wordings of a message, in a dialog.
import { page } from "lib/api"
import { localise } from "lib/local-time"
import { toast } from "lib/toast"
import { gettext } from "lib/i18n"

export async function showRevisions(link) {
  const dialog = document.getElementById("revisions-dialog")
  try {
    const response = await page(link.href)
    dialog.querySelector("[data-content]").innerHTML = await response.text()
  } catch {
    return toast(gettext("The earlier wordings could not be loaded."))
  }
  localise(dialog)
  dialog.showModal()
}
