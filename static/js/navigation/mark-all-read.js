// Mark everything in the organisation as read, with a way back for a moment.
import { requestJson } from "lib/api"
import { gettext } from "lib/i18n"
import { showErrorToast, showToast } from "lib/toast"
import { currentUser } from "users/current-user"

export async function markAllRead() {
  const path = `/orgs/${currentUser.slug}/read`
  try {
    const moved = await requestJson("POST", path)
    const isNothing = !moved.rooms.length && !moved.threads.length
    if (isNothing) return showToast(gettext("Nothing is unread."))
    showToast(gettext("Everything is marked as read."), { label: gettext("Undo"), run: () => undo(path, moved) })
  } catch (error) {
    showErrorToast(gettext("Nothing was marked as read."), error)
  }
}

async function undo(path, moved) {
  try {
    await requestJson("POST", `${path}/undo`, moved)
  } catch (error) {
    showErrorToast(gettext("That could not be undone."), error)
  }
}
