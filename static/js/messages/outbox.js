// What was sent and not yet acknowledged. Each message has its client_id before anything else, so that sending it again
// can never double it. Messages of one room go out one after the other; they survive reloads and lost connections.
import { Refused, Troubled, api } from "lib/api"
import { connection } from "lib/connection"
import { erase, keys, onForeignChange, read, write } from "lib/storage"
import { gettext } from "lib/i18n"

const KEY = "outbox."
const TRIES = 4

class Outbox extends EventTarget {
  #sending = new Set()
  #last = 0

  start() {
    // Where sockets don't pass, every vain attempt at one is a time to try a request.
    for (const type of ["up", "down"]) connection.addEventListener(type, () => this.#pumpAll())
    onForeignChange(KEY, (key) => read(key) ?? this.#tell("gone", { clientId: key.slice(KEY.length) }))
    this.#pumpAll()
  }

  entries(room) {
    const all = keys(KEY).map(read).filter(Boolean)
    return all.filter((entry) => !room || entry.room === room).sort((a, b) => a.at - b.at)
  }

  add(room, content) {
    this.#last = Math.max(Date.now(), this.#last + 1)
    const entry = { clientId: uniqueId(), room, content, at: this.#last, tries: 0, refusal: null }
    this.#keep(entry)
    this.#tell("added", entry)
    this.#pump(room)
    return entry
  }

  retry(clientId) {
    const entry = read(KEY + clientId)
    if (!entry) return
    this.#keep({ ...entry, tries: 0, refusal: null })
    this.#tell("changed", read(KEY + clientId))
    this.#pump(entry.room)
  }

  discard(clientId) {
    erase(KEY + clientId)
    this.#tell("gone", { clientId })
  }

  // The room shows it, whatever became of the answer.
  settle(clientId) {
    erase(KEY + clientId)
  }

  on(type, listener) {
    this.addEventListener(type, (event) => listener(event.detail))
  }

  #pumpAll() {
    for (const room of new Set(this.entries().map((entry) => entry.room))) this.#pump(room)
  }

  async #pump(room) {
    if (this.#sending.has(room)) return
    this.#sending.add(room)
    let entry
    while ((entry = this.entries(room).find(({ refusal }) => !refusal))) if (!(await this.#send(entry))) break
    this.#sending.delete(room)
  }

  // False when the rest has to wait for the connection.
  async #send(entry) {
    try {
      const message = await deliver(entry)
      erase(KEY + entry.clientId)
      this.#tell("sent", { ...entry, message })
      return true
    } catch (error) {
      if (!read(KEY + entry.clientId)) return true
      if (error instanceof Refused) return this.#fail(entry, error.message)
      const troubled = error instanceof Troubled
      if (!connection.isUp && !troubled) return false
      if (entry.tries + 1 >= TRIES) return this.#fail(entry, troubled ? error.message : gettext("The server did not answer."))
      this.#keep({ ...entry, tries: entry.tries + 1 })
      await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** entry.tries))
      return true
    }
  }

  #fail(entry, refusal) {
    this.#keep({ ...entry, refusal })
    this.#tell("changed", { ...entry, refusal })
    return true
  }

  #keep(entry) {
    write(KEY + entry.clientId, entry)
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }))
  }
}

// By socket when it is up; else by a plain request, for networks where sockets don't pass.
async function deliver({ room, content, clientId }) {
  const message = { content, client_id: clientId }
  if (connection.isUp) return (await connection.request({ type: "message.send", room, ...message })).message
  return api("POST", `/rooms/${room}/messages`, message)
}

// crypto.randomUUID exists on HTTPS and localhost only; a server in a local network is neither.
function uniqueId() {
  if (crypto.randomUUID) return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6] & 0x0f) | 0x40
  bytes[8] = (bytes[8] & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")
}

export const outbox = new Outbox()
