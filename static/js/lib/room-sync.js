// How far this page has followed the room. A hole in the versions is filled by asking for the changes.
import { page } from "lib/api"

const ROUNDS = 5

export class RoomSync {
  #url
  #version
  #wanted
  #apply
  #reload
  #running = null

  constructor({ url, version, apply, reload }) {
    this.#url = url
    this.#version = this.#wanted = version
    this.#apply = apply
    this.#reload = reload
  }

  // An event, an acknowledgement or a welcome told of this version of the room.
  heard(version) {
    this.#wanted = Math.max(this.#wanted, version)
    if (version === this.#version + 1) this.#version = version
    else if (version > this.#version) this.catchUp()
    // A server restored from a back-up counts from an earlier number; it says so itself when asked.
    return this.#version
  }

  behind(version) {
    if (version !== this.#version) this.catchUp()
  }

  catchUp() {
    this.#running ??= this.#follow().finally(() => (this.#running = null))
    return this.#running
  }

  async #follow() {
    for (let round = 0; ; round++) {
      const response = await this.#ask()
      if (!response) return
      const says = (name) => response.headers.get(name)
      if (says("X-Reset") === "true" || round === ROUNDS) {
        await this.#reload()
        this.#version = this.#wanted = Number(says("X-Version"))
        return
      }
      this.#apply(await response.text())
      this.#version = Math.max(this.#version, Number(says("X-Version")))
      if (says("X-Has-More") !== "true" && this.#version >= this.#wanted) return
    }
  }

  // Without an answer the next welcome asks again.
  #ask() {
    return page(`${this.#url}?since=${this.#version}`).catch(() => null)
  }
}
