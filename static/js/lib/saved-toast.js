// Show the notice that the page before this one has left. What it tells of can be brought back.
import { gettext } from "lib/i18n"
import { showErrorToast, showToast, takeSavedToast } from "lib/toast"

export function showSavedToast() {
  const saved = takeSavedToast()
  if (!saved) return
  const { text, restores } = saved
  const run = () => restore(restores).catch((error) => showErrorToast(gettext("Not restored."), error))
  showToast(text, restores && { label: gettext("Undo"), run })
}

async function restore(path) {
  const { requestJson } = await import("lib/api")
  await requestJson("POST", `${path}/restore`)
}
