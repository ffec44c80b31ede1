// Send what was typed at a time: by the arrow beside Send, or by holding Send on a touch screen. A line over the
// composer says what waits to be sent from it.
import { gettext, interpolate, ngettext } from "lib/i18n"
import { formatMoment } from "lib/local-time"
import { createUuid } from "lib/uuid"
import { scheduledMessages } from "later/scheduled-messages"
import { listSendingTimes } from "later/time-choices"
import { openTimeMenu } from "later/time-menu"
import { isCommand, unescapeSlash } from "messages/commands"

const LONG_PRESS = 450

export class SendLater {
  #composer
  #place
  #hooks
  // Of the latest attempt: an answer may have been lost.
  #attempt = { key: "", clientId: "" }

  // `place`: { room, thread }. `hooks.prepare` resolves with what is to be sent, { text, options, typed }, or null
  // where the user goes on writing; `hooks.clear` gets `typed` once it is kept.
  constructor(composer, place, hooks, { signal }) {
    this.#composer = composer
    this.#place = place
    this.#hooks = hooks
    const button = composer.querySelector("[data-later]")
    button.addEventListener("click", () => this.#openMenu(button))
    this.#openOnLongPress(composer.querySelector("[type=submit]"), button)
    scheduledMessages.addEventListener("change", () => this.#showLine(), { signal })
    this.#showLine()
  }

  #openMenu(button) {
    const excerpt = this.#composer.querySelector("textarea").value.trim()
    openTimeMenu(button, {
      label: gettext("Send later"),
      choices: listSendingTimes(),
      excerpt,
      failure: gettext("Not scheduled."),
      send: (sendAt) => this.#schedule(sendAt),
    })
  }

  async #schedule(sendAt) {
    const prepared = await this.#hooks.prepare()
    if (!prepared) return null
    const { options, typed } = prepared
    if (isCommand(prepared.text)) throw new Error(gettext("Commands can’t be sent later."))
    const text = unescapeSlash(prepared.text)
    const attempt = { sendAt, clientId: this.#nameAttempt(text, sendAt) }
    const kept = await scheduledMessages.add(this.#place, { text, ...options }, attempt)
    this.#attempt = { key: "", clientId: "" }
    this.#hooks.clear(typed)
    return interpolate(gettext("Will be sent on %(moment)s."), { moment: formatMoment(new Date(kept.send_at)) })
  }

  // Trying the same again keeps one message.
  #nameAttempt(text, sendAt) {
    const key = `${sendAt} ${text}`
    if (this.#attempt.key !== key) this.#attempt = { key, clientId: createUuid() }
    return this.#attempt.clientId
  }

  #showLine() {
    const line = this.#composer.querySelector(".composer__later")
    const [next, ...others] = scheduledMessages.list(this.#place)
    line.hidden = !next
    if (!next) return
    const count = others.length + 1
    const words = ngettext(
      "A message will be sent here on %(moment)s.",
      "%(count)s messages will be sent here, the next on %(moment)s.",
      count,
    )
    const moment = formatMoment(new Date(next.send_at))
    line.querySelector("[data-words]").textContent = interpolate(words, { count, moment })
  }

  // A popover that opened while the finger is down would close when it is lifted.
  #openOnLongPress(send, button) {
    let timer = 0
    let isHeld = false
    send.addEventListener("pointerdown", ({ pointerType }) => {
      isHeld = false
      if (pointerType !== "mouse") timer = setTimeout(() => (isHeld = true), LONG_PRESS)
    })
    for (const type of ["pointerup", "pointercancel", "pointerleave"]) {
      send.addEventListener(type, () => {
        clearTimeout(timer)
        if (isHeld && type === "pointerup") setTimeout(() => this.#openMenu(button))
      })
    }
    send.addEventListener("click", (event) => isHeld && event.preventDefault())
    send.addEventListener("contextmenu", (event) => isHeld && event.preventDefault())
  }
}
