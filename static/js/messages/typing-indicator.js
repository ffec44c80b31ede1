// Show who is typing in a room or thread, until five seconds after they last said so.
import { connection } from "lib/connection"
import { gettext, interpolate, joinNames, ngettext } from "lib/i18n"
import { currentUser } from "users/current-user"

const TIMEOUT = 5000

export class TypingIndicator {
  #element
  #typists = new Map()

  // `place`: { room, thread }.
  constructor(element, { room, thread }, options) {
    this.#element = element
    const isHere = (frame, place) => frame.room === room && (place.thread_id ?? null) === thread
    const onTyping = (frame) => isHere(frame, frame) && frame.user.id !== currentUser.id && this.#update(frame)
    const onMessage = (frame) => isHere(frame, frame.message) && this.#remove(frame.message.author.id)
    connection.on("typing", onTyping, options)
    connection.on("message.created", onMessage, options)
    connection.addEventListener("down", () => [...this.#typists.keys()].forEach((id) => this.#remove(id)), options)
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
