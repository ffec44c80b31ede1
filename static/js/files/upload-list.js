// Upload files on the page of files, to be kept in the library. Each has a row until it is there; those that a page
// before this one has left go on.
import { interpolate, ngettext } from "lib/i18n"
import { showToast } from "lib/toast"
import { keepFile } from "attachments/chosen-files"
import { admitFiles } from "attachments/file-limits"
import { showFileRows } from "attachments/file-rows"
import { listDraftFiles, onFileChange, readFile } from "attachments/stored-files"
import { refreshParts } from "navigation/page-parts"
import { currentUser } from "users/current-user"
import "attachments/uploading"

const place = `library.${currentUser.slug}`
const listOwn = () => listDraftFiles(place)
const isUnderWay = ({ assetId, failure, isPaused }) => !assetId && !failure && !isPaused
const shown = new Set(listOwn().map(({ id }) => id))
let doneCount = 0
let isRefreshing = false
let isOutdated = false

showFileRows(document.getElementById("uploads"), place, { home: document.querySelector("[data-upload]") })
onFileChange(handleChange)
// No other page could go on with what has no bytes there.
addEventListener("beforeunload", (event) => listOwn().some(({ isKept }) => !isKept) && event.preventDefault())

// `limits`: { maxBytes } of each file.
export function addFiles(files, limits) {
  const { admitted, refusals } = admitFiles(files, 0, limits)
  const box = document.getElementById("upload-refusal")
  box.textContent = refusals.join(" ")
  box.hidden = !refusals.length
  for (const file of admitted) keepFile(place, file, { isForLibrary: true })
}

// A file that is there is forgotten next, in whichever tab it was sent.
function handleChange(id) {
  const file = readFile(id)
  if (file?.place === place) shown.add(id)
  if (!shown.has(id)) return
  if (file?.assetId) doneCount++
  if (!file) {
    shown.delete(id)
    refresh()
  }
  if (doneCount && !listOwn().some(isUnderWay)) tellDone()
}

function tellDone() {
  const words = ngettext("%(count)s file is uploaded.", "%(count)s files are uploaded.", doneCount)
  showToast(interpolate(words, { count: doneCount }))
  doneCount = 0
}

// The files are there, whether the page shows them yet or not.
async function refresh() {
  isOutdated = true
  if (isRefreshing) return
  isRefreshing = true
  while (isOutdated) {
    isOutdated = false
    await refreshParts().catch(() => {})
  }
  isRefreshing = false
}
