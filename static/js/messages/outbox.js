// Send messages until the server acknowledges them. Each has its client_id from the start, so that sending it again can
// never double it. Messages of one room are sent one after the other; they survive reloads and lost connections.
import { connection } from "lib/connection"
import { RequestRefused, ServerUnavailable } from "lib/errors"
import { gettext } from "lib/i18n"
import { createUuid } from "lib/uuid"
import { isReady, listEntries, onRemovalElsewhere, readEntry, removeEntry, saveEntry } from "messages/outbox-entries"
import { postMessage } from "messages/post-message"

const MAX_TRIES = 4
const RETRY_DELAY = 500

// Dispatches "added", "changed" and "sent" with the entry, and "removed" with its clientId. A message waits for its
// files, see attachments/waiting-messages.js, and the others in its room don't.
class Outbox extends EventTarget {
  #roomsSending = new Set()
  #lastAddedAt = 0

  start() {
    // Where sockets are blocked, each failed attempt at one ("down") is a time to try HTTP.
    for (const type of ["up", "down"]) connection.addEventListener(type, () => this.#sendAll())
    onRemovalElsewhere((clientId) => this.#emit("removed", { clientId }))
    this.#sendAll()
  }

  on(type, listener, options) {
    this.addEventListener(type, (event) => listener(event.detail), options)
  }

  // `thread`: the root of the thread that the message is a reply in, with `alsoInRoom` one in the room too.
  // `origin`: the message that it answers, { id, name, excerpt }. `files`: as in outbox-entries.js.
  add(room, content, { thread = null, alsoInRoom = false, origin = null, files = [] } = {}) {
    this.#lastAddedAt = Math.max(Date.now(), this.#lastAddedAt + 1)
    const at = this.#lastAddedAt
    const state = { at, tries: 0, refusal: null }
    const entry = { clientId: createUuid(), room, thread, alsoInRoom, origin, content, files, assetIds: null, ...state }
    saveEntry(entry)
    this.#emit("added", entry)
    this.#sendRoom(room)
  }

  retry(clientId) {
    const entry = readEntry(clientId)
    if (!entry) return
    this.#change({ ...entry, tries: 0, refusal: null })
    this.#sendRoom(entry.room)
  }

  discard(clientId) {
    removeEntry(clientId)
    this.#emit("removed", { clientId })
  }

  #sendAll() {
    for (const room of new Set(listEntries().map((entry) => entry.room))) this.#sendRoom(room)
  }

  async #sendRoom(room) {
    if (this.#roomsSending.has(room)) return
    this.#roomsSending.add(room)
    let entry
    while ((entry = listEntries(room).find(isReady))) if (!(await this.#send(entry))) break
    this.#roomsSending.delete(room)
  }

  // Resolves with false when the rest of the room has to wait for the connection.
  async #send(entry) {
    try {
      const message = await postMessage(entry)
      removeEntry(entry.clientId)
      this.#emit("sent", { ...entry, message })
      return true
    } catch (error) {
      return this.#handleError(entry, error)
    }
  }

  async #handleError(entry, error) {
    if (!readEntry(entry.clientId)) return true
    if (error instanceof RequestRefused) return this.#fail(entry, error.message)
    const isUnavailable = error instanceof ServerUnavailable
    if (!connection.isUp && !isUnavailable) return false
    const tries = entry.tries + 1
    const reason = isUnavailable ? error.message : gettext("The server did not answer.")
    if (tries >= MAX_TRIES) return this.#fail(entry, reason)
    saveEntry({ ...entry, tries })
    await new Promise((resolve) => setTimeout(resolve, RETRY_DELAY * 2 ** entry.tries))
    return true
  }

  #fail(entry, refusal) {
    this.#change({ ...entry, refusal })
    return true
  }

  #change(entry) {
    saveEntry(entry)
    this.#emit("changed", entry)
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }))
  }
}

export const outbox = new Outbox()
