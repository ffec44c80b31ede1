// Tell the author of a message whom it names who is not in the room, and let them be added.
import { requestJson } from "lib/api"
import { gettext, interpolate, joinNames } from "lib/i18n"
import { outbox } from "messages/outbox"

const EDITED = "message-edited"
// More names are no mention but a list.
const MAX_BUTTONS = 3

// `box` is a live region with a place for words, one for buttons, and a button that hides it. `options` are those of
// addEventListener.
export class AbsentUsers {
  #box
  #room

  constructor(box, room, options) {
    this.#box = box
    this.#room = room
    box.querySelector("[data-close]").addEventListener("click", () => this.#hide())
    outbox.on("sent", (sent) => sent.room === room && this.#show(sent.message), options)
    addEventListener(EDITED, ({ detail }) => this.#show(detail), options)
  }

  #show({ not_in_room: users = [], is_broadcast_refused: isRefused = false }) {
    if (!users.length && !isRefused) return this.#hide()
    const names = joinNames(users.map(({ name }) => name))
    const absence = users.length ? interpolate(gettext("Not in this room, so not notified: %(names)s."), { names }) : ""
    const refusal = isRefused ? gettext("Guests can’t notify everyone at once: nobody was.") : ""
    this.#say(`${refusal} ${absence}`.trim())
    if ("canAdd" in this.#box.dataset) {
      this.#buttons.append(...users.slice(0, MAX_BUTTONS).map((user) => this.#createButton(user)))
    }
    this.#box.hidden = false
  }

  get #buttons() {
    return this.#box.querySelector("[data-buttons]")
  }

  #say(text) {
    this.#box.querySelector("[data-words]").textContent = text
    this.#buttons.replaceChildren()
  }

  #hide() {
    const hadFocus = this.#box.contains(document.activeElement)
    this.#box.hidden = true
    if (hadFocus) document.getElementById("message").focus()
  }

  #createButton(user) {
    const button = document.createElement("button")
    button.type = "button"
    button.className = "btn btn--sm"
    button.textContent = interpolate(gettext("Add %(name)s"), { name: user.name })
    button.addEventListener("click", () => this.#add(user, button))
    return button
  }

  async #add({ id, name }, button) {
    button.setAttribute("aria-busy", "true")
    button.disabled = true
    try {
      await requestJson("POST", `/rooms/${this.#room}/members`, { user_id: id })
      button.remove()
      const text = gettext("%(name)s is in this room now. Mention them again to notify them.")
      if (!this.#buttons.childElementCount) this.#say(interpolate(text, { name }))
    } catch (error) {
      this.#say(error.message)
    }
    if (!this.#box.contains(document.activeElement)) document.getElementById("message").focus()
  }
}

// To be called with each message of this room that the user has edited.
export function announceEdited(message) {
  dispatchEvent(new CustomEvent(EDITED, { detail: message }))
}
