// "Sofia is typing": said at most every three seconds, believed for five.
import { connection } from "lib/connection"
import { me } from "users/current-user"
import { gettext, interpolate, listed, ngettext } from "lib/i18n"

const REPEAT = 3000
const BELIEF = 5000

export class TypingVoice {
  #room
  #said = 0

  constructor(room) {
    this.#room = room
  }

  start() {
    if (Date.now() - this.#said < REPEAT) return
    this.#said = Date.now()
    connection.send({ type: "typing", room: this.#room, state: "start" })
  }

  stop() {
    if (!this.#said) return
    this.#said = 0
    connection.send({ type: "typing", room: this.#room, state: "stop" })
  }
}

export class TypingLine {
  #line
  #people = new Map()

  constructor(line, room) {
    this.#line = line
    connection.on("typing", (frame) => frame.room === room && frame.user.id !== me.id && this.#hear(frame))
    connection.on("message.created", (frame) => frame.room === room && this.#forget(frame.message.author.id))
    connection.addEventListener("down", () => [...this.#people.keys()].forEach((id) => this.#forget(id)))
  }

  #hear({ user, state }) {
    if (state !== "start") return this.#forget(user.id)
    clearTimeout(this.#people.get(user.id)?.timer)
    this.#people.set(user.id, { name: user.name, timer: setTimeout(() => this.#forget(user.id), BELIEF) })
    this.#show()
  }

  #forget(id) {
    clearTimeout(this.#people.get(id)?.timer)
    if (this.#people.delete(id)) this.#show()
  }

  #show() {
    const names = [...this.#people.values()].map(({ name }) => name.split(" ")[0])
    this.#line.hidden = !names.length
    this.#line.querySelector("[data-words]").textContent = sentence(names)
  }
}

function sentence(names) {
  if (names.length > 3) return gettext("Several people are typing")
  const said = ngettext("%(names)s is typing", "%(names)s are typing", names.length)
  return names.length ? interpolate(said, { names: listed(names) }) : ""
}
