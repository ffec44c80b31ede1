// Match frames sent over the socket with their answers, by `ref`.
import { ConnectionLost, RequestRefused, ServerUnavailable } from "lib/errors"

const TEMPORARY_CODES = ["rate_limited", "storage_full", "unavailable"]

export class PendingRequests {
  #pending = new Map()
  #lastRef = 0

  // `send` gets the ref and returns whether the frame went out; `onTimeout` is called after `timeout` milliseconds.
  send({ send, timeout, onTimeout }) {
    return new Promise((resolve, reject) => {
      const ref = String(++this.#lastRef)
      if (!send(ref)) return reject(new ConnectionLost("not connected"))
      this.#pending.set(ref, { resolve, reject, timer: setTimeout(onTimeout, timeout) })
    })
  }

  settle(frame) {
    const request = this.#pending.get(frame.ref)
    if (!request) return
    this.#pending.delete(frame.ref)
    clearTimeout(request.timer)
    if (frame.type === "error") request.reject(buildError(frame))
    else request.resolve(frame)
  }

  rejectAll() {
    for (const { reject, timer } of this.#pending.values()) {
      clearTimeout(timer)
      reject(new ConnectionLost("connection lost"))
    }
    this.#pending.clear()
  }
}

function buildError({ code, detail }) {
  return TEMPORARY_CODES.includes(code) ? new ServerUnavailable(detail) : new RequestRefused(0, code, detail)
}
