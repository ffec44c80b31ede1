// Tell the server up to which message the user has read: what was at the bottom of a visible page for half a second.
import { connection } from "lib/connection"

const READ_AFTER = 500

export class ReadMarker {
  #seq
  #list
  #isReading
  #send
  #save
  #timer = 0
  #isPaused = false
  #isOpening

  // `seq`: of the last read message; `list`: the FeedList. `mark`: where the mark is kept, see read-marks.js.
  constructor({ seq, list, isReading, mark, signal }) {
    this.#seq = seq
    this.#list = list
    this.#isReading = isReading
    this.#send = mark.send
    this.#save = mark.save
    this.#isOpening = mark.isOpeningNews()
    mark.onChange((seq) => (this.#seq = seq), { signal })
    connection.addEventListener("up", () => this.scheduleUpdate(), { signal })
    document.addEventListener("visibilitychange", () => this.scheduleUpdate(), { signal })
    addEventListener("focus", () => this.scheduleUpdate(), { signal })
    signal.addEventListener("abort", () => clearTimeout(this.#timer))
  }

  get seq() {
    return this.#seq
  }

  // The user has marked a message as unread: being visible does not make it read.
  get isPaused() {
    return this.#isPaused
  }

  async markUnreadFrom({ dataset }) {
    this.#isPaused = true
    try {
      await this.#save(Number(dataset.seq) - 1)
    } catch (error) {
      this.#isPaused = false
      throw error
    }
    this.#list.placeUnreadDivider(dataset.id)
  }

  resume() {
    this.#isPaused = false
  }

  scheduleUpdate() {
    if (this.#timer || !this.#isReading() || !this.#hasNews()) return
    this.#timer = setTimeout(() => this.#sendRead(), READ_AFTER)
  }

  #sendRead() {
    this.#timer = 0
    if (!this.#isReading() || !this.#hasNews()) return
    const seq = Math.max(this.#list.lastSeq, this.#seq)
    if (!this.#send(seq)) return
    this.#seq = seq
    this.#isOpening = false
  }

  #hasNews() {
    return this.#isOpening || this.#list.lastSeq > this.#seq
  }
}
