// Tell a room or thread that the current user is typing, at most every three seconds.
import { connection } from "lib/connection"

const REPEAT_INTERVAL = 3000

export class TypingNotifier {
  #place
  #sentAt = 0

  // `place`: { room, thread }.
  constructor(place) {
    this.#place = place
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
    const { room, thread } = this.#place
    connection.send({ type: "typing", room, thread_id: thread, state })
  }
}
