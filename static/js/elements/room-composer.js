// Where one writes. A draft stays with its room through switches, reloads and lost connections.
import { draftOf, keepDraft } from "messages/drafts"
import { sendsOnEnter } from "lib/keys"
import { outbox } from "messages/outbox"
import { TypingLine, TypingVoice } from "messages/typing-indicator"
import { gettext, interpolate, ngettext } from "lib/i18n"

const WARN_BELOW = 500

class RoomComposer extends HTMLElement {
  #field
  #button
  #hint
  #room
  #voice
  #saving = 0

  connectedCallback() {
    this.#room = this.dataset.room
    this.#field = this.querySelector("textarea")
    this.#button = this.querySelector("[type=submit]")
    this.#hint = this.querySelector("[data-counter]")
    this.#voice = new TypingVoice(this.#room)
    new TypingLine(this.querySelector(".typing__names"), this.#room)
    this.#field.removeAttribute("required")
    this.#field.value ||= draftOf(this.#room)
    this.#field.addEventListener("input", () => this.#typed())
    this.#field.addEventListener("keydown", (event) => this.#key(event))
    this.#field.addEventListener("blur", () => this.#voice.stop())
    const form = this.querySelector("form")
    form.addEventListener("submit", (event) => this.#submit(event))
    form.setAttribute("data-live", "")
    addEventListener("pagehide", () => this.#keep())
    this.#measure()
    if (matchMedia("(hover: hover) and (pointer: fine)").matches) this.#field.focus({ preventScroll: true })
  }

  rename(room) {
    const words = interpolate(gettext("Write to %(name)s"), { name: room })
    this.#field.placeholder = this.querySelector("label").textContent = this.querySelector("form").ariaLabel = words
  }

  get #text() {
    return this.#field.value.trim()
  }

  // The server counts characters, not UTF-16 units.
  get #left() {
    const limit = Number(this.dataset.limit)
    return this.#text.length < limit - WARN_BELOW ? limit : limit - [...this.#text].length
  }

  #typed() {
    this.#measure()
    if (this.#text) this.#voice.start()
    else this.#voice.stop()
    clearTimeout(this.#saving)
    this.#saving = setTimeout(() => this.#keep(), 150)
  }

  #measure() {
    const left = this.#left
    this.#button.disabled = !this.#text || left < 0
    this.#hint.hidden = left > WARN_BELOW
    this.#hint.classList.toggle("composer__hint--over", left < 0)
    this.#hint.textContent = left < 0 ? tooMany(-left) : remaining(left)
    this.#field.toggleAttribute("aria-invalid", left < 0)
    // Where fields don't grow by themselves.
    if (!CSS.supports("field-sizing", "content")) this.#field.rows = Math.min(12, this.#field.value.split("\n").length)
  }

  #key(event) {
    if (sendsOnEnter(event)) {
      event.preventDefault()
      this.querySelector("form").requestSubmit()
    } else if (event.key === "ArrowUp" && !this.#field.value) {
      event.preventDefault()
      document.querySelector("room-feed").editLast()
    }
  }

  #submit(event) {
    event.preventDefault()
    const text = this.#text
    if (!text || this.#left < 0) return
    outbox.add(this.#room, text)
    this.#field.value = ""
    this.#voice.stop()
    this.#measure()
    this.#keep()
    this.#field.focus({ preventScroll: true })
  }

  #keep() {
    clearTimeout(this.#saving)
    if (draftOf(this.#room) !== this.#field.value) keepDraft(this.#room, this.#field.value)
  }
}

const tooMany = (count) => interpolate(ngettext("%(count)s character too many", "%(count)s characters too many", count), { count })
const remaining = (count) => interpolate(ngettext("%(count)s character left", "%(count)s characters left", count), { count })

customElements.define("room-composer", RoomComposer)
