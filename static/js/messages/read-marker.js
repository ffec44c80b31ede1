// Tell the server up to which message the user has read: what was at the bottom of a visible page for half a second.
import { requestJson } from "lib/api"
import { connection } from "lib/connection"

const READ_AFTER = 500

export class ReadMarker {
  #room
  #seq
  #readLastSeq
  #isReading
  #timer = 0
  #isPaused = false

  // `seq`: of the last read message; `readLastSeq` and `isReading` are functions of the feed.
  constructor({ room, seq, readLastSeq, isReading }) {
    this.#room = room
    this.#seq = seq
    this.#readLastSeq = readLastSeq
    this.#isReading = isReading
    connection.on("read", (frame) => frame.room === room && (this.#seq = frame.seq))
    connection.addEventListener("up", () => this.scheduleUpdate())
    document.addEventListener("visibilitychange", () => this.scheduleUpdate())
    addEventListener("focus", () => this.scheduleUpdate())
  }

  get seq() {
    return this.#seq
  }

  // The user has marked a message as unread: being visible does not make it read.
  get isPaused() {
    return this.#isPaused
  }

  async markUnreadFrom(seq) {
    this.#isPaused = true
    try {
      await requestJson("PUT", `/rooms/${this.#room}/read`, { seq: seq - 1 })
    } catch (error) {
      this.#isPaused = false
      throw error
    }
  }

  resume() {
    this.#isPaused = false
  }

  scheduleUpdate() {
    if (this.#timer || !this.#isReading() || this.#readLastSeq() <= this.#seq) return
    this.#timer = setTimeout(() => this.#sendRead(), READ_AFTER)
  }

  #sendRead() {
    this.#timer = 0
    const seq = this.#readLastSeq()
    if (!this.#isReading() || seq <= this.#seq) return
    if (connection.send({ type: "read", room: this.#room, seq })) this.#seq = seq
  }
}
