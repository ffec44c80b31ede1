// Store what was typed and not sent: one draft per room and thread, and one per message that is being edited.
import { userStorage } from "users/user-storage"

const DRAFT = "draft."
const EDIT = "edit."
const drafts = new EventTarget()

// What a DraftField asks for.
export function buildDraftStore({ room, thread }) {
  const key = DRAFT + (thread ? `${room}.${thread}` : room)
  return {
    read: () => userStorage.get(key) ?? "",
    save: (text) => store(key, text.trim() ? text : null),
    onChangeElsewhere: (callback) => userStorage.onChangeElsewhere(key, callback),
  }
}

// { room, original, content } or null.
export const readEdit = (id) => userStorage.get(EDIT + id)

export function saveEdit(id, edit) {
  store(EDIT + id, edit)
}

export function removeEdit(id) {
  if (readEdit(id)) store(EDIT + id, null)
}

export function listRoomsWithDrafts() {
  const rooms = userStorage.listKeys(DRAFT).map((key) => key.slice(DRAFT.length).split(".")[0])
  return new Set([...rooms, ...userStorage.listKeys(EDIT).map((key) => userStorage.get(key)?.room)])
}

export function onDraftsChange(callback) {
  drafts.addEventListener("change", callback)
  for (const prefix of [DRAFT, EDIT]) userStorage.onChangeElsewhere(prefix, callback)
}

export function onEditChangeElsewhere(id, callback) {
  userStorage.onChangeElsewhere(EDIT + id, callback)
}

function store(key, value) {
  if (value === null) userStorage.remove(key)
  else userStorage.set(key, value)
  drafts.dispatchEvent(new Event("change"))
}
