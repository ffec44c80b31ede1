// How far this page has followed the room. A hole in the versions is filled by asking for the changes.
import { Refused, page } from "lib/api"
import { connection } from "lib/connection"

const ROUNDS = 5
const PAUSE = 3000
const ANNOUNCEMENT = 1000

export class RoomSync {
  #url
  #version
  #wanted
  #apply
  #reload
  #running = false
  #retry = 0

  constructor({ url, version, apply, reload }) {
    this.#url = url
    this.#version = this.#wanted = version
    this.#apply = apply
    this.#reload = reload
  }

  get version() {
    return this.#version
  }

  rewind(version) {
    this.#version = Math.min(this.#version, version)
    this.expect(this.#wanted)
  }

  // An event brought this version with it.
  heard(version) {
    if (version === this.#version + 1) this.#version = version
    this.expect(version)
  }

  // There is this version, and it is not here yet.
  expect(version) {
    this.#wanted = Math.max(this.#wanted, version)
    if (this.#wanted > this.#version) this.catchUp()
  }

  // Its announcement should be on its way; where none comes, the changes have it. Not every answer tells a version.
  expectSoon(version) {
    const known = this.#version
    const look = () => (version ? this.expect(version) : this.#version === known && this.catchUp())
    setTimeout(look, connection.isUp ? ANNOUNCEMENT : 0)
  }

  // They say where the room stands. After a restored back-up that may be less than what is here; the server tells then.
  hearWelcomes(room) {
    connection.on("welcome", ({ rooms }) => {
      const state = rooms.find(({ id }) => id === room)
      if (state && state.version !== this.#version) this.catchUp()
    })
  }

  async catchUp() {
    if (this.#running) return
    this.#running = true
    clearTimeout(this.#retry)
    try {
      await this.#follow()
    } catch (error) {
      // Without a connection the next welcome asks again; a server in trouble is asked a little later.
      this.#wanted = this.#version
      if (connection.isUp && !(error instanceof Refused)) this.#retry = setTimeout(() => this.catchUp(), PAUSE)
    }
    this.#running = false
    if (this.#wanted > this.#version) this.catchUp()
  }

  async #follow() {
    for (let round = 0; ; round++) {
      const response = await page(`${this.#url}?since=${this.#version}`)
      const says = (name) => response.headers.get(name)
      if (says("X-Reset") === "true" || round === ROUNDS) {
        this.#version = this.#wanted = Number(says("X-Version"))
        return this.#reload()
      }
      this.#apply(await response.text())
      this.#version = Math.max(this.#version, Number(says("X-Version")))
      if (says("X-Has-More") !== "true" && this.#version >= this.#wanted) return
    }
  }
}
