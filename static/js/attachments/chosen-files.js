// Begin and end with files that were chosen: what is known of them, their bytes, and what the server has.
import { requestJson } from "lib/api"
import { createUuid } from "lib/uuid"
import { dropBytes, keepBytes } from "attachments/file-bytes"
import { readFile, removeFile, saveFile, updateFile } from "attachments/stored-files"
import { cancelUpload } from "attachments/tus-upload"
import { currentUser } from "users/current-user"

let lastAt = 0

// Returns its id. `place` is the key of the draft that it belongs to, or names the library or a task.
export function keepFile(place, file, { altText = "", isForLibrary = false, isForTask = false }) {
  const { name, size, type, lastModified } = file
  lastAt = Math.max(Date.now(), lastAt + 1)
  const state = { url: null, sent: 0, assetId: null, isPaused: false, isTaken: false, isHeld: false, failure: null }
  const record = { id: createUuid(), place, org: currentUser.slug, at: lastAt, name, size, type, lastModified }
  keepBytes(record.id, file).then((isKept) => updateFile(record.id, { isKept }))
  saveFile({ ...record, altText, savedAltText: "", isForLibrary, isForTask, ...state })
  return record.id
}

// What was written after the upload had begun.
export async function saveAltText({ id, assetId, altText, savedAltText }) {
  if (altText === savedAltText) return
  await requestJson("PATCH", `/assets/${assetId}`, { alt_text: altText })
  updateFile(id, { savedAltText: altText })
}

// It is not to be sent. What a draft on the server has had, another device may have sent in this moment: without a
// message the server deletes it by itself.
export function discardFile(id) {
  const { assetId, url, isHeld } = readFile(id) ?? {}
  forgetFile(id)
  if (isHeld) return
  if (assetId) deleteAsset(assetId)
  else if (url) deleteUpload(url)
}

// With its asset, where all had arrived.
export async function deleteUpload(url) {
  const assetId = await cancelUpload(url).catch(() => null)
  if (assetId) deleteAsset(assetId)
}

function deleteAsset(id) {
  requestJson("DELETE", `/assets/${id}`).catch(() => {})
}

// A message has it, or the library.
export function forgetFile(id) {
  removeFile(id)
  dropBytes(id)
}
