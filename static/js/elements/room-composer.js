// <room-composer>: the form to write in a room or, with `data-thread`, in a thread. Its draft survives what may happen.
import { ComposerFiles } from "attachments/composer-files"
import { gettext, interpolate } from "lib/i18n"
import { doesEnterSend, isSubmitKey } from "lib/keys"
import { SendLater } from "later/send-later"
import { AbsentUsers } from "messages/absent-users"
import { Commands } from "messages/commands"
import { completeWhileTyping } from "messages/completion"
import { ComposerDraft } from "messages/composer-draft"
import { countRemaining, showLength } from "messages/message-length"
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
  #files
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
    this.#files = new ComposerFiles(this, this.#place, { onChange: () => this.#update(), signal })
    this.#draft = new ComposerDraft(this, this.#place, { onReplace: () => this.#update(), signal })
    this.#field.addEventListener("input", () => {
      this.#update()
      this.#text ? this.#typing.start() : this.#typing.stop()
    })
    this.#field.addEventListener("keydown", (event) => this.#handleKey(event))
    this.#field.addEventListener("blur", () => this.#typing.stop())
    completeWhileTyping(this.#field, this.#place, { withCommands: true })
    this.#commands = new Commands(this.querySelector(".command-notice"), this.#place)
    const hooks = { prepare: () => this.#prepare(), clear: (typed) => this.#clear(typed) }
    new SendLater(this, this.#place, hooks, { signal })
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

  get #text() { return trimMessage(this.#field.value) }

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

  async #handleSubmit(event) {
    event.preventDefault()
    const prepared = await this.#prepare()
    if (prepared && (await this.#commands.send(prepared.text, prepared.options))) this.#clear(prepared.typed)
  }

  get #choice() { return this.#form.elements.also_in_room ?? {} }

  // Resolves with what is to be sent, or null where the user goes on writing.
  async #prepare() {
    const [text, typed, files] = [this.#text, this.#field.value, this.#files.names]
    const isTooLong = countRemaining(text, Number(this.dataset.limit)) < 0
    if (!(text || files.length) || isTooLong || this.#files.focusFailed()) return null
    const options = { alsoInRoom: Boolean(this.#choice.checked), origin: this.#draft.origin, files }
    const isMeant = !mayReachMany(text) || (await confirmReach({ ...this.#place, ...options }, text))
    if (!isMeant) this.#field.focus()
    return isMeant && this.#field.value === typed ? { text, options, typed } : null
  }

  // What was typed meanwhile stays.
  #clear(typed) {
    if (this.#field.value !== typed) return
    this.#draft.takeOrigin()
    this.#choice.checked = false
    this.#field.value = ""
    this.#typing.stop()
    this.#update()
    this.#draft.finish()
    this.#field.focus({ preventScroll: true })
  }

  #update() {
    showLength(this, this.#text, { hasFiles: this.#files.names.length > 0 })
    // Some browsers don't grow fields with their content.
    if (!CSS.supports("field-sizing", "content")) this.#field.rows = Math.min(12, this.#field.value.split("\n").length)
  }
}

customElements.define("room-composer", RoomComposer)
