// Show in the tray of a composer what its draft has on the server: files that another device has added come as finished
// ones, those that it has removed go. Loaded with the first of them.
import { gettext } from "lib/i18n"
import { forgetFile } from "attachments/chosen-files"
import { listFiles, saveFile, updateFile } from "attachments/stored-files"
import { readDraft } from "messages/drafts"
import { currentUser } from "users/current-user"

const NONE = { asset_ids: [], assets: [] }

// `key` is that of a draft, whose files here are known by now, and `draft` what the server tells of them.
export function showAssets(key, { asset_ids: ids, assets } = NONE) {
  const { assetIds } = readDraft(key)
  const found = new Map(assets.map((asset) => [asset.id, asset]))
  const here = new Map(listFiles().filter(({ place }) => place === key).map((file) => [file.assetId, file]))
  here.delete(null)
  for (const { id, assetId, isTaken, isHeld } of here.values()) {
    if (isHeld && !isTaken && !assetIds.includes(assetId)) forgetFile(id)
  }
  for (const id of assetIds.filter((each) => ids.includes(each))) {
    const file = here.get(id) ?? buildFile(key, id)
    if (!file.isTaken) saveChanges(file, { isHeld: true, ...describe(file, found.get(id)) })
  }
  sortFiles(key, assetIds)
}

// Every tab calls it the same.
function buildFile(place, assetId) {
  const record = { id: assetId, place, org: currentUser.slug, at: Date.now(), assetId, doneAt: Date.now() }
  const known = { name: gettext("File"), size: 0, type: "", lastModified: 0, altText: "", savedAltText: "" }
  const state = { url: null, sent: 0, isKept: false, isForLibrary: false, isPaused: false, isTaken: false }
  return { ...record, ...known, ...state, failure: null }
}

// What is being described here stays as it is.
function describe({ altText, savedAltText }, asset) {
  if (!asset) return { failure: { kind: "gone", words: gettext("It was deleted, or you no longer see it.") } }
  const { name, size, mime_type: type, thumbnail_url: thumbnailUrl, alt_text: text } = asset
  const alt = altText === savedAltText ? { altText: text, savedAltText: text } : {}
  return { name, size, type, thumbnailUrl, ...alt }
}

function saveChanges(file, changes) {
  const isSame = Object.entries(changes).every(([name, value]) => JSON.stringify(file[name]) === JSON.stringify(value))
  if (!isSame) saveFile({ ...file, ...changes })
}

// As the draft names them, among those that are on their way.
function sortFiles(key, assetIds) {
  const files = listFiles().filter(({ place, assetId }) => place === key && assetIds.includes(assetId))
  const times = files.map(({ at }) => at)
  const inOrder = files.toSorted((a, b) => assetIds.indexOf(a.assetId) - assetIds.indexOf(b.assetId))
  inOrder.forEach(({ id, at }, index) => {
    if (index && times[index] <= times[index - 1]) times[index] = times[index - 1] + 1
    if (at !== times[index]) updateFile(id, { at: times[index] })
  })
}
