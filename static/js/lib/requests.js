// Frames that wait for their answer, by `ref`.
import { Refused, Troubled } from "lib/api"

// No answer will come: the line broke first.
export class Lost extends Error {}

// Some refusals pass by themselves.
const PASSING = ["rate_limited", "unavailable"]

export class Answers {
  #waiting = new Map()
  #refs = 0

  // `send` gets the ref and says whether the frame went out; `overdue` is called when nothing comes back.
  expect({ send, within, overdue }) {
    return new Promise((resolve, reject) => {
      const ref = String(++this.#refs)
      if (!send(ref)) return reject(new Lost("not connected"))
      this.#waiting.set(ref, { resolve, reject, timer: setTimeout(overdue, within) })
    })
  }

  take(frame) {
    const answer = this.#waiting.get(frame.ref)
    if (!answer) return
    this.#waiting.delete(frame.ref)
    clearTimeout(answer.timer)
    if (frame.type === "error") answer.reject(refusal(frame))
    else answer.resolve(frame)
  }

  lose() {
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer)
      reject(new Lost("connection lost"))
    }
    this.#waiting.clear()
  }
}

const refusal = ({ code, detail }) => (PASSING.includes(code) ? new Troubled(detail) : new Refused(0, code, detail))
