// Keep one WebSocket open for all rooms. Each frame is dispatched as "frame" and as an event of its type; "up" follows
// every welcome, "down" every loss, "ended" the end of the session. Frames may be missed: versions tell, and changes
// are fetched.
import { isServerReachable } from "lib/reachability"
import { PendingRequests } from "lib/requests"

const PING_INTERVAL = 20000
const ANSWER_TIMEOUT = 10000

class Connection extends EventTarget {
  #socket = null
  #welcome = null
  #attempt = 0
  #retryTimer = 0
  #pingTimer = 0
  #answerTimer = 0
  #requests = new PendingRequests()
  #hasEnded = false

  get isUp() {
    return this.#welcome !== null
  }

  get hasEnded() {
    return this.#hasEnded
  }

  start() {
    addEventListener("online", () => this.#reconnectNow())
    addEventListener("offline", () => this.#closeSocket())
    addEventListener("pageshow", (event) => event.persisted && this.#reconnectNow())
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) return
      if (this.isUp) this.#sendPing()
      else this.#reconnectNow()
    })
    this.#openSocket()
  }

  // Returns whether the frame went out.
  send(frame) {
    if (!this.isUp) return false
    this.#socket.send(JSON.stringify(frame))
    return true
  }

  // Resolves with the answer; rejects with RequestRefused, ServerUnavailable or ConnectionLost.
  request(frame) {
    const send = (ref) => this.send({ ...frame, ref })
    return this.#requests.send({ send, timeout: ANSWER_TIMEOUT, onTimeout: () => this.#closeSocket() })
  }

  // Calls the listener with each frame of the type; a late one for "welcome" gets the one that it missed.
  on(type, listener, options) {
    this.addEventListener(type, (event) => listener(event.detail), options)
    if (type === "welcome" && this.#welcome) listener(this.#welcome)
  }

  async #openSocket() {
    clearTimeout(this.#retryTimer)
    if (this.#hasEnded || this.#socket) return
    // A machine without any network may still reach a server on itself, so a claim to be offline is checked.
    if (!navigator.onLine && !(await isServerReachable())) return this.#scheduleRetry()
    if (this.#socket) return
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws/`)
    this.#socket = socket
    this.#answerTimer = setTimeout(() => this.#closeSocket(), ANSWER_TIMEOUT)
    socket.addEventListener("message", ({ data }) => socket === this.#socket && this.#handleFrame(JSON.parse(data)))
    socket.addEventListener("close", ({ code }) => socket === this.#socket && this.#closeSocket(code))
  }

  #handleFrame(frame) {
    clearTimeout(this.#answerTimer)
    if (frame.type === "welcome") this.#handleWelcome(frame)
    this.#requests.settle(frame)
    this.dispatchEvent(new CustomEvent("frame", { detail: frame }))
    this.dispatchEvent(new CustomEvent(frame.type, { detail: frame }))
  }

  #handleWelcome(frame) {
    this.#welcome = frame
    this.#attempt = 0
    clearInterval(this.#pingTimer)
    this.#pingTimer = setInterval(() => this.#sendPing(), PING_INTERVAL)
    queueMicrotask(() => this.dispatchEvent(new Event("up")))
  }

  #sendPing() {
    clearTimeout(this.#answerTimer)
    if (this.send({ type: "ping" })) this.#answerTimer = setTimeout(() => this.#closeSocket(), ANSWER_TIMEOUT)
  }

  #closeSocket(code = 0) {
    const socket = this.#socket
    this.#socket = this.#welcome = null
    clearInterval(this.#pingTimer)
    clearTimeout(this.#answerTimer)
    socket?.close()
    this.#requests.rejectAll()
    // A second factor is due: the server redirects the page to where it is turned on.
    if (code === 4403) return location.reload()
    this.#hasEnded ||= code === 4401
    this.dispatchEvent(new Event(this.#hasEnded ? "ended" : "down"))
    this.#scheduleRetry()
  }

  #reconnectNow() {
    this.#attempt = 0
    this.#openSocket()
  }

  // Every client reconnects after a restart of the server; the random delay spreads them.
  #scheduleRetry() {
    clearTimeout(this.#retryTimer)
    const spread = Math.min(4700, 400 * 2 ** this.#attempt++)
    this.#retryTimer = setTimeout(() => this.#openSocket(), 300 + Math.random() * spread)
  }
}

export const connection = new Connection()
