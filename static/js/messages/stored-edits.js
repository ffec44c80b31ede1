// Store what was typed in messages that are being edited, by message. It stays in this browser.
import { userStorage } from "users/user-storage"

const PREFIX = "edit."
const changes = new EventTarget()

// { room, original, content } or null.
export const readEdit = (id) => userStorage.get(PREFIX + id)

export function saveEdit(id, edit) {
  userStorage.set(PREFIX + id, edit)
  changes.dispatchEvent(new Event("change"))
}

export function removeEdit(id) {
  if (!readEdit(id)) return
  userStorage.remove(PREFIX + id)
  changes.dispatchEvent(new Event("change"))
}

export const listEditedRooms = () => userStorage.listKeys(PREFIX).map((key) => userStorage.get(key)?.room)

export function onEditsChange(callback) {
  changes.addEventListener("change", callback)
  userStorage.onChangeElsewhere(PREFIX, callback)
}

// The callback gets the text, undefined where there is no edit any more.
export function onEditChangeElsewhere(id, callback, options) {
  userStorage.onChangeElsewhere(PREFIX + id, (_, edit) => callback(edit?.content), options)
}
