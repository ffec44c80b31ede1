// Store what was typed and not sent: one draft per room and thread. They follow the user to other devices, see
// draft-sync.js.
import { isSameFiles, mergeFiles } from "messages/draft-comparison"
import { rememberRemoval } from "messages/removed-drafts"
import { userStorage } from "users/user-storage"

const DRAFT = "draft."
const NONE = { content: "", origin: null, assetIds: [], seenIds: [], base: null, isDirty: false, isRefused: false }

// Dispatches "change", "typed" with the key of a draft, and "incoming", which a composer may refuse, with
// { key, draft, isDirty }: what another device has saved, null where it has sent or deleted it, and whether what was
// typed here is not saved yet. A composer that takes it later is told by "taken", with { key, draft }.
export const drafts = new EventTarget()

// What a composer asks for. `origin` is the message that it answers, { id, name, excerpt }; `take` gets a saved draft.
export function buildDraftStore(place) {
  const key = buildKey(place)
  return {
    read: () => readDraft(key).content,
    readOrigin: () => readDraft(key).origin,
    save: (text) => saveTyped(key, { content: text.trim() ? text : "" }),
    saveOrigin: (origin) => saveTyped(key, { origin }),
    onChangeElsewhere: (callback, options) => {
      userStorage.onChangeElsewhere(DRAFT + key, (_, stored) => callback(parseStored(stored).content), options)
    },
    take: (draft) => {
      writeSaved(key, draft)
      drafts.dispatchEvent(new CustomEvent("taken", { detail: { key, draft } }))
    },
    // What stands here is to be the newest again, instead of a draft that was seen.
    keep: (draft) => saveAgain(key, draft),
    isSaved: () => !readDraft(key).isDirty,
    onIncoming: (callback, options) => {
      drafts.addEventListener("incoming", (event) => event.detail.key === key && callback(event), options)
    },
  }
}

export const buildKey = ({ room, thread }) => (thread ? `${room}.${thread}` : room)

export function parseKey(key) {
  const [room, thread = null] = key.split(".")
  return { room, thread }
}

export const listDraftKeys = () => userStorage.listKeys(DRAFT).map((key) => key.slice(DRAFT.length))

// { content, origin, assetIds, seenIds, base, sent, sentIds, isUnanswered, isDirty, isRefused }: `base` is the time at
// which the server has saved it, null where it has not, `seenIds` are the files that it had there, `sent` and `sentIds`
// what was last on its way there, `isUnanswered` whether that still is, and `isDirty` whether its text or what it
// answers was changed since.
export function readDraft(key) {
  return parseStored(userStorage.get(DRAFT + key))
}

// Before drafts followed to other devices, they were texts.
function parseStored(stored) {
  return typeof stored === "string" ? { ...NONE, content: stored, isDirty: true } : { ...NONE, ...stored }
}

export function writeDraft(key, draft) {
  const isGone = isEmpty(draft) && !draft.isDirty && !draft.seenIds.length
  if (isGone) return dropDraft(key)
  userStorage.set(DRAFT + key, draft)
  drafts.dispatchEvent(new Event("change"))
}

// There is none on the server, and nothing that is to be brought there.
export function dropDraft(key) {
  rememberRemoval(key, readDraft(key).base)
  userStorage.remove(DRAFT + key)
  drafts.dispatchEvent(new Event("change"))
}

// Files that were added here and are not saved yet stay.
export function writeSaved(key, draft) {
  const { content, quote: origin = null, updated_at: base = null } = draft ?? NONE
  writeDraft(key, { ...NONE, content, origin, base, ...mergeFiles(readDraft(key), draft) })
}

export const isEmpty = ({ content, origin, assetIds }) => !content && !origin && !assetIds.length

export function onDraftsChange(callback) {
  drafts.addEventListener("change", callback)
  userStorage.onChangeElsewhere(DRAFT, callback)
}

// Another tab has changed a draft. The callback gets its key.
export const onDraftChangeElsewhere = (callback) =>
  userStorage.onChangeElsewhere(DRAFT, (key) => callback(key.slice(DRAFT.length)))

// One that was sent or given up stays, empty, until the server has deleted it.
function saveTyped(key, change) {
  const before = readDraft(key)
  const draft = { ...before, ...change }
  if (before.content === draft.content && before.origin?.id === draft.origin?.id) return
  saveChanged(key, { ...draft, isDirty: true })
}

export function saveFileIds(key, assetIds) {
  const draft = readDraft(key)
  if (!isSameFiles(draft.assetIds, assetIds)) saveChanged(key, { ...draft, assetIds })
}

const saveAgain = (key, { asset_ids: seenIds }) => saveChanged(key, { ...readDraft(key), seenIds, isDirty: true })

function saveChanged(key, draft) {
  writeDraft(key, { ...draft, isRefused: false })
  drafts.dispatchEvent(new CustomEvent("typed", { detail: key }))
}
