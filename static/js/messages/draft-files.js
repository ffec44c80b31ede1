// The files of drafts: those in the tray of a composer that the server has. They follow what is done to the tray here,
// and the tray follows what other devices have done to them.
import { listDraftFiles, listFiles, onOwnFileChange } from "attachments/stored-files"
import { readDraft, saveFileIds } from "messages/drafts"

export function followFiles() {
  onOwnFileChange((before, after) => {
    if (isInDraft(before) && !isInDraft(after)) removeId(before)
    if (isInDraft(after) && !isInDraft(before)) addId(after)
  })
  // Its page was closed right then, or is of an earlier version.
  for (const file of listFiles()) if (isInDraft(file) && !file.isHeld) addId(file)
}

// What the tray shows is what the draft has here: `draft`, or null, is what the server tells of its files.
export function showDraftFiles(key, draft) {
  if (!draft?.asset_ids.length && !listDraftFiles(key).length) return
  import("attachments/draft-assets").then(({ showAssets }) => showAssets(key, draft ?? undefined)).catch(() => {})
}

// There is no place for them any more.
export function forgetDraftFiles(key) {
  const ids = listDraftFiles(key).map(({ id }) => id)
  if (ids.length) import("attachments/chosen-files").then(({ forgetFile }) => ids.forEach(forgetFile)).catch(() => {})
}

const isInDraft = (file) => Boolean(file?.assetId && !(file.isTaken || file.isForLibrary || file.isForTask))

function removeId({ place, assetId }) {
  saveFileIds(place, readDraft(place).assetIds.filter((id) => id !== assetId))
}

// In the order in which files were chosen, whichever was there first.
function addId({ place, assetId }) {
  const { assetIds } = readDraft(place)
  if (assetIds.includes(assetId)) return
  const order = listDraftFiles(place).map((file) => file.assetId)
  const findRank = (id) => (order.includes(id) ? order.indexOf(id) : order.length)
  saveFileIds(place, [...assetIds, assetId].sort((a, b) => findRank(a) - findRank(b)))
}
