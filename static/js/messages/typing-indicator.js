// Show who is typing in a room, until five seconds after they last said so.
import { connection } from "lib/connection"
import { gettext, interpolate, joinNames, ngettext } from "lib/i18n"
import { currentUser } from "users/current-user"

const TIMEOUT = 5000

export class TypingIndicator {
  #element
  #typists = new Map()

  constructor(element, room) {
    this.#element = element
    connection.on("typing", (frame) => {
      if (frame.room === room && frame.user.id !== currentUser.id) this.#update(frame)
    })
    connection.on("message.created", (frame) => frame.room === room && this.#remove(frame.message.author.id))
    connection.addEventListener("down", () => [...this.#typists.keys()].forEach((id) => this.#remove(id)))
  }

  #update({ user: { id, name }, state }) {
    if (state !== "start") return this.#remove(id)
    clearTimeout(this.#typists.get(id)?.timer)
    this.#typists.set(id, { name, timer: setTimeout(() => this.#remove(id), TIMEOUT) })
    this.#render()
  }

  #remove(id) {
    clearTimeout(this.#typists.get(id)?.timer)
    if (this.#typists.delete(id)) this.#render()
  }

  #render() {
    const names = [...this.#typists.values()].map(({ name }) => name.split(" ")[0])
    this.#element.hidden = !names.length
    this.#element.querySelector("[data-words]").textContent = describeTypists(names)
  }
}

function describeTypists(names) {
  if (!names.length) return ""
  if (names.length > 3) return gettext("Several people are typing")
  const text = ngettext("%(names)s is typing", "%(names)s are typing", names.length)
  return interpolate(text, { names: joinNames(names) })
}
