// Tell the author of a message whom it names who is not in the room, and let them be added.
import { requestJson } from "lib/api"
import { gettext, interpolate, joinNames, ngettext } from "lib/i18n"
import { outbox } from "messages/outbox"

const EDITED = "message-edited"
// More names are a list, and are added together.
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
    const names = describeUsers(users)
    const absence = users.length ? interpolate(gettext("Not in this room, so not notified: %(names)s."), { names }) : ""
    const refusal = isRefused ? gettext("Guests can’t notify everyone at once: nobody was.") : ""
    this.#say(`${refusal} ${absence}`.trim())
    if ("canAdd" in this.#box.dataset) {
      const all = interpolate(gettext("Add all %(count)s"), { count: users.length })
      const single = (user) => this.#createButton(interpolate(gettext("Add %(name)s"), { name: user.name }), [user])
      this.#buttons.append(...(users.length > MAX_BUTTONS ? [this.#createButton(all, users)] : users.map(single)))
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

  #createButton(text, users) {
    const button = document.createElement("button")
    button.type = "button"
    button.className = "btn btn--sm"
    button.textContent = text
    button.addEventListener("click", () => this.#add(users, button))
    return button
  }

  async #add(users, button) {
    button.setAttribute("aria-busy", "true")
    button.disabled = true
    try {
      for (const { id } of users) await requestJson("POST", `/rooms/${this.#room}/members`, { user_id: id })
      button.remove()
      const one = gettext("%(name)s is in this room now. Mention them again to notify them.")
      const text = users.length > 1 ? gettext("They are in this room now. Mention them again to notify them.") : one
      if (!this.#buttons.childElementCount) this.#say(interpolate(text, { name: users[0].name }))
    } catch (error) {
      this.#say(error.message)
    }
    if (!this.#box.contains(document.activeElement)) document.getElementById("message").focus()
  }
}

// Of many, the first ones by name.
function describeUsers(users) {
  const names = users.slice(0, MAX_BUTTONS).map(({ name }) => name)
  const rest = users.length - names.length
  const others = interpolate(ngettext("%(count)s other", "%(count)s others", rest), { count: rest })
  return joinNames(rest ? [...names, others] : names)
}

// To be called with each message of this room that the user has edited.
export function announceEdited(message) {
  dispatchEvent(new CustomEvent(EDITED, { detail: message }))
}
