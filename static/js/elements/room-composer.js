// <room-composer>: the form to write in a room or, with `data-thread`, in a thread. Its draft survives what may happen.
import { gettext, interpolate } from "lib/i18n"
import { doesEnterSend, isSubmitKey } from "lib/keys"
import { AbsentUsers } from "messages/absent-users"
import { Commands } from "messages/commands"
import { completeWhileTyping } from "messages/completion"
import { ComposerDraft } from "messages/composer-draft"
import { COUNTER_THRESHOLD, countRemaining, describeRemaining } from "messages/message-length"
import { trimMessage } from "messages/message-text"
import { scrollFeedByPage } from "messages/page-keys"
import { confirmReach, mayReachMany } from "messages/reach"
import { TypingIndicator } from "messages/typing-indicator"
import { TypingNotifier } from "messages/typing-notifier"

class RoomComposer extends HTMLElement {
  #place
  #form
  #field
  #typing
  #draft
  #commands
  #removal = new AbortController()

  connectedCallback() {
    const { room, thread = null } = this.dataset
    const { signal } = this.#removal
    this.#place = { room, thread }
    this.#form = this.querySelector("form")
    this.#field = this.querySelector("textarea")
    this.#typing = new TypingNotifier(this.#place)
    new TypingIndicator(this.querySelector(".typing__names"), this.#place, { signal })
    if (!thread) new AbsentUsers(this.querySelector(".absent-users"), room, { signal })
    this.#field.removeAttribute("required")
    this.querySelector(".composer__keys").hidden = !doesEnterSend()
    this.#field.enterKeyHint = doesEnterSend() ? "send" : "enter"
    this.#draft = new ComposerDraft(this, this.#place, { onReplace: () => this.#update(), signal })
    this.#field.addEventListener("input", () => this.#handleInput())
    this.#field.addEventListener("keydown", (event) => this.#handleKey(event))
    this.#field.addEventListener("blur", () => this.#typing.stop())
    completeWhileTyping(this.#field, this.#place, { withCommands: true })
    this.#commands = new Commands(this.querySelector(".command-notice"), this.#place)
    this.#form.addEventListener("submit", (event) => this.#handleSubmit(event))
    this.#form.setAttribute("data-live", "")
    this.#update()
    if (matchMedia("(hover: hover) and (pointer: fine)").matches) this.#field.focus({ preventScroll: true })
  }

  disconnectedCallback() {
    this.#typing.stop()
    this.#draft.leave()
    this.#removal.abort()
  }

  setRoomName(name) {
    const label = interpolate(gettext("Write to %(name)s"), { name })
    this.#field.placeholder = this.querySelector("label").textContent = this.#form.ariaLabel = label
  }

  get #text() {
    return trimMessage(this.#field.value)
  }

  get #remaining() {
    return countRemaining(this.#text, Number(this.dataset.limit))
  }

  #handleInput() {
    this.#update()
    this.#text ? this.#typing.start() : this.#typing.stop()
  }

  #handleKey(event) {
    if (isSubmitKey(event)) {
      event.preventDefault()
      this.#form.requestSubmit()
    } else if (event.key === "ArrowUp" && !this.#field.value) {
      event.preventDefault()
      this.parentElement.querySelector("room-feed").editLastMessage()
    } else {
      scrollFeedByPage(event, this.parentElement.querySelector("room-feed"))
    }
  }

  // A command that is refused stays, and so does what was typed while it ran.
  async #handleSubmit(event) {
    event.preventDefault()
    const [text, typed] = [this.#text, this.#field.value]
    if (!text || this.#remaining < 0) return
    const { also_in_room: choice = {} } = this.#form.elements
    const options = { alsoInRoom: Boolean(choice.checked), origin: this.#draft.origin }
    const reach = { ...this.#place, ...options }
    if (mayReachMany(text) && !(await confirmReach(reach, text))) return this.#field.focus()
    if (this.#field.value !== typed) return
    if (!(await this.#commands.send(text, options)) || this.#field.value !== typed) return
    this.#draft.takeOrigin()
    choice.checked = false
    this.#field.value = ""
    this.#typing.stop()
    this.#update()
    this.#draft.finish()
    this.#field.focus({ preventScroll: true })
  }

  #update() {
    const remaining = this.#remaining
    const isTooLong = remaining < 0
    this.querySelector("[type=submit]").disabled = !this.#text || isTooLong
    const counter = this.querySelector("[data-counter]")
    counter.hidden = remaining > COUNTER_THRESHOLD
    counter.classList.toggle("composer__hint--over", isTooLong)
    counter.textContent = describeRemaining(remaining)
    this.#field.toggleAttribute("aria-invalid", isTooLong)
    // Some browsers don't grow fields with their content.
    if (!CSS.supports("field-sizing", "content")) this.#field.rows = Math.min(12, this.#field.value.split("\n").length)
  }
}

customElements.define("room-composer", RoomComposer)
