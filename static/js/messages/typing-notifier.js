// Tell a room that the current user is typing, at most every three seconds.
import { connection } from "lib/connection"

const REPEAT_INTERVAL = 3000

export class TypingNotifier {
  #room
  #sentAt = 0

  constructor(room) {
    this.#room = room
  }

  start() {
    if (Date.now() - this.#sentAt < REPEAT_INTERVAL) return
    this.#sentAt = Date.now()
    this.#send("start")
  }

  stop() {
    if (!this.#sentAt) return
    this.#sentAt = 0
    this.#send("stop")
  }

  #send(state) {
    connection.send({ type: "typing", room: this.#room, state })
  }
}
