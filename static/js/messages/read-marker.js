// Tells the server how far somebody has read: what stood at the bottom of a visible page for half a second.
import { api } from "lib/api"
import { connection } from "lib/connection"

const MOMENT = 500

export class ReadMarker {
  #room
  #seq
  #lastSeq
  #isReading
  #timer = 0
  #held = false

  constructor({ room, seq, lastSeq, isReading }) {
    this.#room = room
    this.#seq = seq
    this.#lastSeq = lastSeq
    this.#isReading = isReading
    connection.on("read", (frame) => frame.room === room && (this.#seq = frame.seq))
    connection.addEventListener("up", () => this.look())
    document.addEventListener("visibilitychange", () => this.look())
    addEventListener("focus", () => this.look())
  }

  get seq() {
    return this.#seq
  }

  // Left unread on purpose: what stands here is not read by standing here.
  get isHeld() {
    return this.#held
  }

  async leaveUnread(seq) {
    this.#held = true
    try {
      await api("PUT", `/rooms/${this.#room}/read`, { seq: seq - 1 })
    } catch (error) {
      this.#held = false
      throw error
    }
  }

  // Whoever writes has seen what there is.
  release() {
    this.#held = false
  }

  look() {
    if (this.#timer || !this.#isReading() || this.#lastSeq() <= this.#seq) return
    this.#timer = setTimeout(() => this.#mark(), MOMENT)
  }

  #mark() {
    this.#timer = 0
    const seq = this.#lastSeq()
    if (!this.#isReading() || seq <= this.#seq) return
    if (connection.send({ type: "read", room: this.#room, seq })) this.#seq = seq
  }
}
