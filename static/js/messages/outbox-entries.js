// Store the entries of the outbox: { clientId, room, thread, alsoInRoom, origin, content, files, assetIds, at, tries,
// refusal }. `files` are those of stored-files.js that it holds, [{ id, name }], `assetIds` what the server calls them
// once it has all of them.
import { userStorage } from "users/user-storage"

const PREFIX = "outbox."

export const readEntry = (clientId) => userStorage.get(PREFIX + clientId)

export const saveEntry = (entry) => userStorage.set(PREFIX + entry.clientId, entry)

export const removeEntry = (clientId) => userStorage.remove(PREFIX + clientId)

export const isWaitingForFiles = ({ files, assetIds }) => Boolean(files?.length && !assetIds)

export const isReady = (entry) => !entry.refusal && !isWaitingForFiles(entry)

// Of one room or of all, oldest first.
export function listEntries(room) {
  const entries = userStorage.listKeys(PREFIX).map((key) => userStorage.get(key)).filter(Boolean)
  return entries.filter((entry) => !room || entry.room === room).sort((a, b) => a.at - b.at)
}

// Those shown in the feed of a room or, where `thread` is its root, in that of a thread.
export function listFeedEntries({ room, thread }) {
  return listEntries(room).filter((entry) => isInFeed(entry, { room, thread }))
}

export function isInFeed(entry, { room, thread }) {
  if (entry.room !== room) return false
  return thread ? entry.thread === thread : !entry.thread || entry.alsoInRoom
}

// Another tab has sent or discarded an entry.
export function onRemovalElsewhere(callback) {
  userStorage.onChangeElsewhere(PREFIX, (key) => {
    if (!userStorage.get(key)) callback(key.slice(PREFIX.length))
  })
}
