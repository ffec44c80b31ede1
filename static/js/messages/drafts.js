// What was typed and not sent, one text per room.
import { erase, keys, onForeignChange, read, write } from "lib/storage"

const changed = new EventTarget()

export const draftOf = (room) => read(`draft.${room}`) ?? ""

export const roomsWithDrafts = () => new Set(keys("draft.").map((key) => key.slice("draft.".length)))

export function keepDraft(room, text) {
  if (text.trim()) write(`draft.${room}`, text)
  else erase(`draft.${room}`)
  changed.dispatchEvent(new Event("change"))
}

export function onDraftsChange(callback) {
  changed.addEventListener("change", callback)
  onForeignChange("draft.", callback)
}
