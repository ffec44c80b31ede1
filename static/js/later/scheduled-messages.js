// Know which messages of the user's are to be sent later, for the lines over composers. They are fetched where the
// sidebar counts any, and follow what other tabs and devices do.
import { requestJson } from "lib/api"
import { connection } from "lib/connection"
import { timeZoneName } from "lib/local-time"
import { currentUser } from "users/current-user"

const MOST = 200

// Dispatches "change".
class ScheduledMessages extends EventTarget {
  #items = new Map()
  #wasWelcomed = false

  start() {
    connection.on("scheduled.saved", ({ scheduled }) => this.#store(scheduled))
    connection.on("scheduled.deleted", ({ id }) => this.#remove(id))
    connection.on("welcome", () => this.#handleWelcome())
  }

  // Those that wait, the next one first. `place`: { room, thread }
  list({ room, thread }) {
    const waiting = [...this.#items.values()].filter((item) => item.room_id === room && item.thread_id === thread)
    return waiting.filter(({ state }) => state !== "failed").sort((a, b) => a.send_at.localeCompare(b.send_at))
  }

  // Resolves with the message as it is kept. `clientId` makes sure that it is kept once.
  async add({ room, thread }, { text, alsoInRoom, origin, assetIds }, { sendAt, clientId }) {
    const kept = await requestJson("POST", `/rooms/${room}/scheduled`, {
      content: text,
      send_at: sendAt,
      time_zone: timeZoneName,
      client_id: clientId,
      thread_id: thread,
      reply_to: origin?.id,
      also_in_room: alsoInRoom,
      asset_ids: assetIds,
    })
    this.#store(kept)
    return kept
  }

  async remove(id) {
    await requestJson("DELETE", `/scheduled/${id}`)
    this.#remove(id)
  }

  #store(item) {
    this.#items.set(item.id, item)
    this.dispatchEvent(new Event("change"))
  }

  #remove(id) {
    if (this.#items.delete(id)) this.dispatchEvent(new Event("change"))
  }

  // Later welcomes may have missed something.
  #handleWelcome() {
    const count = Number(document.querySelector("#sidebar [data-scheduled]")?.dataset.scheduled)
    if (count || this.#wasWelcomed) this.#fetch()
    this.#wasWelcomed = true
  }

  async #fetch() {
    try {
      const { items } = await requestJson("GET", `/me/scheduled?org=${currentUser.slug}&limit=${MOST}`)
      this.#items = new Map(items.map((item) => [item.id, item]))
      this.dispatchEvent(new Event("change"))
    } catch {
      // The next welcome fetches again.
    }
  }
}

export const scheduledMessages = new ScheduledMessages()
