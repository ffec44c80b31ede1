// Store what was typed and not sent, one draft per room.
import { userStorage } from "users/user-storage"

const PREFIX = "draft."
const drafts = new EventTarget()

export const readDraft = (room) => userStorage.get(PREFIX + room) ?? ""

export const listRoomsWithDrafts = () => new Set(userStorage.listKeys(PREFIX).map((key) => key.slice(PREFIX.length)))

export function saveDraft(room, text) {
  if (text.trim()) userStorage.set(PREFIX + room, text)
  else userStorage.remove(PREFIX + room)
  drafts.dispatchEvent(new Event("change"))
}

export function onDraftsChange(callback) {
  drafts.addEventListener("change", callback)
  userStorage.onChangeElsewhere(PREFIX, callback)
}
