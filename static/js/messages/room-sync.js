// Track up to which version of the room this page has its changes; fetch the changes where versions are missing.
import { fetchFragment, readText } from "lib/api"
import { connection } from "lib/connection"
import { RequestRefused, ServerUnavailable, ServerUnreachable } from "lib/errors"
import { readRoomVersion } from "messages/room-versions"

const MAX_PAGES = 5
const RETRY_DELAY = 3000
const EVENT_DELAY = 1000

export class RoomSync {
  #url
  #version
  #requiredVersion
  #apply
  #reload
  #signal
  #isRunning = false
  #retryTimer = 0

  // `apply` takes the HTML of the changes; `reload` replaces the feed where there are too many of them.
  // Until the signal aborts.
  constructor({ url, version, apply, reload, signal }) {
    this.#url = url
    this.#version = this.#requiredVersion = version
    this.#apply = apply
    this.#reload = reload
    this.#signal = signal
  }

  get version() {
    return this.#version
  }

  rewindTo(version) {
    this.#version = Math.min(this.#version, version)
    this.requireVersion(this.#requiredVersion)
  }

  // To be called when an event has brought this version.
  recordVersion(version) {
    if (version === this.#version + 1) this.#version = version
    this.requireVersion(version)
  }

  requireVersion(version) {
    this.#requiredVersion = Math.max(this.#requiredVersion, version)
    if (this.#requiredVersion > this.#version) this.catchUp()
  }

  // Waits for the event first. Without `version`, which not every answer tells, any new version will do.
  requireVersionSoon(version) {
    const versionBefore = this.#version
    const check = () => {
      if (version) this.requireVersion(version)
      else if (this.#version === versionBefore) this.catchUp()
    }
    setTimeout(check, connection.isUp ? EVENT_DELAY : 0)
  }

  // After a restored back-up the room's version may be lower than this page's; the server then answers with a reset.
  // A feed may also be shown long after the last welcome.
  catchUpOnWelcome(room) {
    const check = () => {
      const version = readRoomVersion(room)
      if (version !== undefined && version !== this.#version) this.catchUp()
    }
    connection.on("welcome", check, { signal: this.#signal })
  }

  async catchUp() {
    if (this.#isRunning || this.#signal.aborted) return
    this.#isRunning = true
    clearTimeout(this.#retryTimer)
    try {
      await this.#fetchChanges()
    } catch (error) {
      // While disconnected, the next welcome catches up.
      this.#requiredVersion = this.#version
      const isRefused = error instanceof RequestRefused
      if (connection.isUp && !isRefused) this.#retryTimer = setTimeout(() => this.catchUp(), RETRY_DELAY)
      const isOfServer = error instanceof ServerUnavailable || error instanceof ServerUnreachable
      // Anything else is a mistake of ours: the console shows it, and catching up goes on.
      if (!isRefused && !isOfServer) reportError(error)
    }
    this.#isRunning = false
    if (this.#requiredVersion > this.#version) this.catchUp()
  }

  async #fetchChanges() {
    for (let page = 0; ; page++) {
      const response = await fetchFragment(`${this.#url}?since=${this.#version}`)
      const version = Number(response.headers.get("X-Version"))
      const isTrue = (header) => response.headers.get(header) === "true"
      if (isTrue("X-Reset") || page === MAX_PAGES) {
        this.#version = this.#requiredVersion = version
        return this.#reload()
      }
      this.#apply(await readText(response))
      this.#version = Math.max(this.#version, version)
      if (!isTrue("X-Has-More") && this.#version >= this.#requiredVersion) return
    }
  }
}
