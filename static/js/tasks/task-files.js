// Upload files and attach them to tasks as soon as they are there, also those that a page before this one has begun.
// Loaded with the first file.
import { requestJson } from "lib/api"
import { gettext } from "lib/i18n"
import { showErrorToast, showToast } from "lib/toast"
import { forgetFile, keepFile } from "attachments/chosen-files"
import { admitFiles } from "attachments/file-limits"
import { showFileRows } from "attachments/file-rows"
import { listFiles, onFileChange, readFile, updateFile } from "attachments/stored-files"
import { buildTaskPlace, readTaskOfPlace } from "tasks/file-places"
import "attachments/uploading"

// Lists that show what is on its way.
const shown = new WeakSet()
const attaching = new Set()

onFileChange(attachWhenThere)
for (const { id } of listFiles()) attachWhenThere(id)

// `limits`: { maxBytes } of each file.
export function addFiles({ dataset }, files, limits) {
  const { admitted, refusals } = admitFiles(files, 0, limits)
  if (refusals.length) showToast(refusals.join(" "))
  for (const file of admitted) keepFile(buildTaskPlace(dataset.task), file, { isForTask: true })
}

export function showUploads(list, { dataset }, options) {
  if (shown.has(list)) return
  shown.add(list)
  showFileRows(list, buildTaskPlace(dataset.task), options)
}

// Whoever sees the task is told by its event. Where it is refused the row says why, and it can be tried again.
async function attachWhenThere(id) {
  const { place, assetId, failure } = readFile(id) ?? {}
  const task = place && readTaskOfPlace(place)
  if (!task || !assetId || failure || attaching.has(id)) return
  attaching.add(id)
  try {
    await requestJson("POST", `/tasks/${task}/attachments`, { asset_ids: [assetId] })
    forgetFile(id)
  } catch (error) {
    updateFile(id, { failure: { kind: "refused", words: error.message } })
    showErrorToast(gettext("Not attached."), error)
  } finally {
    attaching.delete(id)
  }
}
