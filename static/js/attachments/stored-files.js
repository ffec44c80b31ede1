// Store what is known of the files that were chosen for messages and not sent, or for the library and not uploaded, for
// all tabs. Their bytes are elsewhere, see file-bytes.js.
import { whenIdle } from "lib/after-paint"
import { userStorage } from "users/user-storage"

const PREFIX = "file."

// Dispatches "change" with { id, before, after } of a file of which this tab has changed something.
const changes = new EventTarget()

// { id, place, org, at, name, size, type, lastModified, altText, savedAltText, url, sent, assetId, doneAt, isKept,
// isForLibrary, isForTask, isPaused, isTaken, isHeld, thumbnailUrl, failure }: `place` is the key of its draft, or
// names the library or a task, `url` is that of its upload, of which `sent` bytes have arrived, `isKept` whether
// other pages have its bytes, `isTaken` whether a message that waits for it has it, `isHeld` whether its draft on
// the server has it or had, and `failure` { kind, words } or null.
export const readFile = (id) => userStorage.get(PREFIX + id)

export const saveFile = (file) => storeFile(file.id, file)

export function updateFile(id, change) {
  const file = readFile(id)
  if (file) saveFile({ ...file, ...change })
}

export const removeFile = (id) => storeFile(id, null)

function storeFile(id, after) {
  const before = readFile(id)
  if (after) userStorage.set(PREFIX + id, after)
  else userStorage.remove(PREFIX + id)
  changes.dispatchEvent(new CustomEvent("change", { detail: { id, before, after } }))
}

// In the order in which they were chosen.
export function listFiles() {
  const files = userStorage.listKeys(PREFIX).map((key) => userStorage.get(key)).filter(Boolean)
  return files.sort((a, b) => a.at - b.at)
}

// Those that belong to a draft, by its key, or to the library.
export const listDraftFiles = (key) => listFiles().filter(({ place, isTaken }) => place === key && !isTaken)

// A message has them from now on, and waits for those that are still on their way.
export function takeFiles(files) {
  for (const { id } of files) updateFile(id, { isTaken: true, isPaused: false })
}

// The callback gets the id of a file that was changed in any tab.
export function onFileChange(callback, options) {
  changes.addEventListener("change", ({ detail: { id } }) => callback(id), options)
  userStorage.onChangeElsewhere(PREFIX, (key) => callback(key.slice(PREFIX.length)), options)
}

// The callback gets a file before and after this tab has changed it, null where there was or is none.
export const onOwnFileChange = (callback) =>
  changes.addEventListener("change", ({ detail: { before, after } }) => callback(before, after))

// Goes on with what a page before this one has begun.
export function resumeUploads() {
  if (listFiles().length) whenIdle(() => import("attachments/uploading").catch(() => {}))
}
