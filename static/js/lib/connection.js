// One WebSocket for all rooms. Frames arrive as events of their type; "up" follows every welcome, "down" every loss.
// It is a hint, never the truth: whoever missed something sees it in the versions and asks for the changes.
import { Answers } from "lib/requests"

const PULSE = 20000
const PATIENCE = 10000

class Connection extends EventTarget {
  #socket = null
  #welcome = null
  #attempt = 0
  #retry = 0
  #pulse = 0
  #deadline = 0
  #answers = new Answers()
  #ended = false

  get isUp() {
    return this.#welcome !== null
  }

  start() {
    addEventListener("online", () => this.#now())
    addEventListener("offline", () => this.#drop())
    addEventListener("pageshow", (event) => event.persisted && this.#now())
    document.addEventListener("visibilitychange", () => document.hidden || (this.isUp ? this.#beat() : this.#now()))
    this.#open()
  }

  send(frame) {
    if (!this.isUp) return false
    this.#socket.send(JSON.stringify(frame))
    return true
  }

  // Resolves with the answer to this very frame, rejects with Refused, Troubled or Lost.
  request(frame) {
    return this.#answers.expect({ send: (ref) => this.send({ ...frame, ref }), within: PATIENCE, overdue: () => this.#drop() })
  }

  // The listener hears the frame itself; a late listener for "welcome" gets the one it missed.
  on(type, listener) {
    this.addEventListener(type, (event) => listener(event.detail))
    if (type === "welcome" && this.#welcome) listener(this.#welcome)
  }

  async #open() {
    clearTimeout(this.#retry)
    if (this.#ended || this.#socket) return
    // A machine without any network may still reach a server on itself, so a claim to be offline is checked.
    if (!navigator.onLine && !(await reachable())) return this.#later()
    if (this.#socket) return
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws/`)
    this.#socket = socket
    this.#deadline = setTimeout(() => this.#drop(), PATIENCE)
    socket.addEventListener("message", ({ data }) => socket === this.#socket && this.#hear(JSON.parse(data)))
    socket.addEventListener("close", ({ code }) => socket === this.#socket && this.#drop(code))
  }

  #hear(frame) {
    clearTimeout(this.#deadline)
    if (frame.type === "welcome") this.#greet(frame)
    this.#answers.take(frame)
    this.dispatchEvent(new CustomEvent(frame.type, { detail: frame }))
  }

  #greet(frame) {
    this.#welcome = frame
    this.#attempt = 0
    clearInterval(this.#pulse)
    this.#pulse = setInterval(() => this.#beat(), PULSE)
    queueMicrotask(() => this.dispatchEvent(new Event("up")))
  }

  #beat() {
    clearTimeout(this.#deadline)
    if (this.send({ type: "ping" })) this.#deadline = setTimeout(() => this.#drop(), PATIENCE)
  }

  #drop(code = 0) {
    const socket = this.#socket
    this.#socket = this.#welcome = null
    clearInterval(this.#pulse)
    clearTimeout(this.#deadline)
    socket?.close()
    this.#answers.lose()
    // A second factor is due: the page itself leads to where it is turned on.
    if (code === 4403) return location.reload()
    this.#ended ||= code === 4401
    this.dispatchEvent(new Event(this.#ended ? "ended" : "down"))
    this.#later()
  }

  #now() {
    this.#attempt = 0
    this.#open()
  }

  // Everybody comes back after a restart, but not at the same moment.
  #later() {
    clearTimeout(this.#retry)
    const spread = Math.min(4700, 400 * 2 ** this.#attempt++)
    this.#retry = setTimeout(() => this.#open(), 300 + Math.random() * spread)
  }
}

export function reachable(within = PATIENCE) {
  return fetch("/api/v1/health", { cache: "no-store", signal: AbortSignal.timeout(within) }).then(({ ok }) => ok, () => false)
}

export const connection = new Connection()
