// Store what was typed and not sent: one draft per room and thread, and one per message that is being edited. Drafts of
// rooms and threads follow the user to other devices, see draft-sync.js.
import { userStorage } from "users/user-storage"

const DRAFT = "draft."
const EDIT = "edit."
const NONE = { content: "", origin: null, base: null, isDirty: false, isRefused: false }

// Dispatches "change", "typed" with the key of a draft, and "incoming", which a composer may refuse, with
// { key, draft, isDirty }: what another device has saved, null where it has sent or deleted it, and whether what was
// typed here is not saved yet.
export const drafts = new EventTarget()

// What a composer asks for. `content` is the text, `origin` the message that it answers, { id, name, excerpt }.
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
    // What another device has saved, as the server describes it.
    take: (draft) => writeSaved(key, draft),
    // What stands here is to be the newest again.
    keep: () => saveAgain(key),
    isSaved: () => !readDraft(key).isDirty,
    onIncoming: (callback, options) => {
      drafts.addEventListener("incoming", (event) => event.detail.key === key && callback(event), options)
    },
  }
}

export const buildKey = ({ room, thread }) => (thread ? `${room}.${thread}` : room)

// { room, thread }
export function parseKey(key) {
  const [room, thread = null] = key.split(".")
  return { room, thread }
}

export const listDraftKeys = () => userStorage.listKeys(DRAFT).map((key) => key.slice(DRAFT.length))

// { content, origin, base, sent, isDirty, isRefused }: `base` is the time at which the server has saved it, null where
// it has not, and `sent` the text that was last on its way there.
export function readDraft(key) {
  return parseStored(userStorage.get(DRAFT + key))
}

// Before drafts followed to other devices, they were texts.
function parseStored(stored) {
  return typeof stored === "string" ? { ...NONE, content: stored, isDirty: true } : (stored ?? NONE)
}

export function writeDraft(key, draft) {
  store(DRAFT + key, isEmpty(draft) && !draft.isDirty ? null : draft)
}

export function writeSaved(key, draft) {
  const { content, quote: origin, updated_at: base } = draft ?? NONE
  writeDraft(key, draft ? { ...NONE, content, origin, base } : NONE)
}

export const isEmpty = ({ content, origin }) => !content && !origin

// { room, original, content } or null.
export const readEdit = (id) => userStorage.get(EDIT + id)

export function saveEdit(id, edit) {
  store(EDIT + id, edit)
}

export function removeEdit(id) {
  if (readEdit(id)) store(EDIT + id, null)
}

export function listRoomsWithDrafts() {
  const written = listDraftKeys().filter((key) => !isEmpty(readDraft(key)))
  return new Set([
    ...written.map((key) => parseKey(key).room),
    ...userStorage.listKeys(EDIT).map((key) => userStorage.get(key)?.room),
  ])
}

export function onDraftsChange(callback) {
  drafts.addEventListener("change", callback)
  for (const prefix of [DRAFT, EDIT]) userStorage.onChangeElsewhere(prefix, callback)
}

// The callback gets the text, undefined where there is no edit any more.
export function onEditChangeElsewhere(id, callback, options) {
  userStorage.onChangeElsewhere(EDIT + id, (_, edit) => callback(edit?.content), options)
}

// One that was sent or given up stays, empty, until the server has deleted it.
function saveTyped(key, change) {
  const before = readDraft(key)
  const draft = { ...before, ...change, isDirty: true, isRefused: false }
  if (before.content === draft.content && before.origin?.id === draft.origin?.id) return
  writeDraft(key, draft)
  drafts.dispatchEvent(new CustomEvent("typed", { detail: key }))
}

function saveAgain(key) {
  writeDraft(key, { ...readDraft(key), isDirty: true, isRefused: false })
  drafts.dispatchEvent(new CustomEvent("typed", { detail: key }))
}

function store(key, value) {
  if (value === null) userStorage.remove(key)
  else userStorage.set(key, value)
  drafts.dispatchEvent(new Event("change"))
}
