// Announce to screen readers when the files of a draft are there, and when one can't go on. The page of files tells of
// its own.
import { gettext } from "lib/i18n"
import { listDraftFiles, onFileChange, readFile } from "attachments/stored-files"
import { announce } from "messages/announcer"

const states = new Map()

export function announceProgress() {
  onFileChange((id) => {
    const file = readFile(id)
    const state = describe(file)
    const before = states.get(id)
    if (before === state) return
    states.set(id, state)
    if (state === "failed") announce(`${file.name}: ${file.failure.words}`)
    // What another device has uploaded was never under way here.
    const isNews = before && state === "there"
    const isLast = isNews && listDraftFiles(file.place).every(({ assetId }) => assetId)
    if (isLast && !file.isTaken && !file.isForLibrary) announce(gettext("All files are uploaded."))
  })
}

function describe(file) {
  if (!file) return "gone"
  if (file.failure) return "failed"
  return file.assetId ? "there" : "under way"
}
