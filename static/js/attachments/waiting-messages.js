// Messages that wait for their files: each is sent once the server has all of them, and is a draft again, with its text
// and its files, where one fails.
import { connection } from "lib/connection"
import { RequestRefused } from "lib/errors"
import { gettext } from "lib/i18n"
import { showToast } from "lib/toast"
import { discardFile, forgetFile, saveAltText } from "attachments/chosen-files"
import { listFiles, onFileChange, readFile, updateFile } from "attachments/stored-files"
import { restoreDraft } from "messages/draft-return"
import { outbox } from "messages/outbox"
import { isWaitingForFiles, listEntries, readEntry, removeEntry, saveEntry } from "messages/outbox-entries"

const releasing = new Set()

export function followWaitingMessages() {
  onFileChange(checkAll)
  outbox.on("added", checkAll)
  outbox.on("removed", discardUnused)
  outbox.addEventListener("returned", ({ detail: clientId }) => giveBack(readEntry(clientId)))
  connection.addEventListener("up", checkAll)
  discardUnused()
  checkAll()
}

function checkAll() {
  for (const entry of listEntries().filter(isWaitingForFiles)) check(entry)
}

function check(entry) {
  const files = entry.files.map(({ id }) => readFile(id))
  // It goes on once the user has signed in again.
  const failed = files.find((file) => !file || (file.failure && file.failure.kind !== "session"))
  if (failed?.failure) return giveBack(entry, `${failed.name}: ${failed.failure.words}`)
  if (files.includes(null)) return giveBack(entry)
  if (files.every(({ assetId }) => assetId)) return release(entry, files)
  const sum = (count) => files.reduce((total, file) => total + count(file), 0)
  const progress = sum(({ sent }) => sent) / Math.max(1, sum(({ size }) => size))
  outbox.dispatchEvent(new CustomEvent("changed", { detail: { ...entry, progress } }))
}

async function release(entry, files) {
  const { clientId } = entry
  if (releasing.has(clientId)) return
  releasing.add(clientId)
  try {
    await Promise.all(files.map(saveAltText))
    const current = readEntry(clientId)
    if (!current) return
    saveEntry({ ...current, assetIds: files.map(({ assetId }) => assetId) })
    outbox.retry(clientId)
    for (const { id } of files) forgetFile(id)
  } catch (error) {
    // Otherwise the next connection is the time to try again.
    if (error instanceof RequestRefused && error.status !== 401) giveBack(readEntry(clientId), error.message)
  } finally {
    releasing.delete(clientId)
  }
}

function giveBack(entry, reason) {
  if (!entry) return
  removeEntry(entry.clientId)
  for (const { id } of entry.files) updateFile(id, { isTaken: false })
  outbox.discard(entry.clientId)
  restoreDraft(entry)
  if (reason) showToast(`${gettext("Not sent.")} ${reason}`)
}

// Its message was discarded.
function discardUnused() {
  const used = new Set(listEntries().flatMap(({ files }) => files?.map(({ id }) => id) ?? []))
  for (const { id, isTaken } of listFiles()) if (isTaken && !used.has(id)) discardFile(id)
}
