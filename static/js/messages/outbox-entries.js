// Store the entries of the outbox: { clientId, room, content, at, tries, refusal }.
import { userStorage } from "users/user-storage"

const PREFIX = "outbox."

export const readEntry = (clientId) => userStorage.get(PREFIX + clientId)

export const saveEntry = (entry) => userStorage.set(PREFIX + entry.clientId, entry)

export const removeEntry = (clientId) => userStorage.remove(PREFIX + clientId)

// Of one room or of all, oldest first.
export function listEntries(room) {
  const entries = userStorage.listKeys(PREFIX).map((key) => userStorage.get(key)).filter(Boolean)
  return entries.filter((entry) => !room || entry.room === room).sort((a, b) => a.at - b.at)
}

// Another tab has sent or discarded an entry.
export function onRemovalElsewhere(callback) {
  userStorage.onChangeElsewhere(PREFIX, (key) => {
    if (!userStorage.get(key)) callback(key.slice(PREFIX.length))
  })
}
