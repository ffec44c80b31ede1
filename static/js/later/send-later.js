// Send what was typed at a time: by the arrow beside Send, or by holding Send on a touch screen. A line over the
// composer says what waits to be sent from it.
import { ServerUnreachable } from "lib/errors"
import { gettext, interpolate, ngettext } from "lib/i18n"
import { formatMoment } from "lib/local-time"
import { showErrorToast } from "lib/toast"
import { createUuid } from "lib/uuid"
import { listDraftFiles } from "attachments/stored-files"
import { handleLongPress } from "later/long-press"
import { scheduledMessages } from "later/scheduled-messages"
import { listSendingTimes } from "later/time-choices"
import { openTimeMenu } from "later/time-menu"
import { isCommand, unescapeSlash } from "messages/commands"
import { restoreDraft } from "messages/draft-return"
import { buildKey } from "messages/drafts"

const NO_FILES = { assetIds: [], handOver() {}, takeBack() {} }

async function prepareFiles(files) {
  if (!files.length) return NO_FILES
  const module = await import("attachments/files-for-later").catch(() => null)
  if (!module) throw new ServerUnreachable()
  return module.prepareFiles(files)
}

// It is the draft of its place again, before what was typed there since.
async function takeBack({ id }, draft, files) {
  try {
    await scheduledMessages.remove(id)
    restoreDraft(draft)
    files.takeBack()
  } catch (error) {
    showErrorToast(gettext("That could not be undone."), error)
  }
}

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
    handleLongPress(composer.querySelector("[type=submit]"), () => this.#openMenu(button))
    scheduledMessages.addEventListener("change", () => this.#showLine(), { signal })
    this.#showLine()
  }

  #openMenu(button) {
    const names = listDraftFiles(buildKey(this.#place)).map(({ name }) => name)
    const excerpt = this.#composer.querySelector("textarea").value.trim() || names.join(", ")
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
    const { text, options, typed } = prepared
    // Beside files a text is no command.
    if (isCommand(text) && !options.files.length) throw new Error(gettext("Commands can’t be sent later."))
    const files = await prepareFiles(options.files)
    const message = { ...options, text: unescapeSlash(text), assetIds: files.assetIds }
    const attempt = { sendAt, clientId: this.#nameAttempt(message, sendAt) }
    const kept = await scheduledMessages.add(this.#place, message, attempt)
    this.#attempt = { key: "", clientId: "" }
    this.#hooks.clear(typed)
    files.handOver()
    const moment = formatMoment(new Date(kept.send_at))
    const undo = () => takeBack(kept, { ...this.#place, ...options, content: text }, files)
    const action = { label: gettext("Undo"), run: undo }
    return { text: interpolate(gettext("Will be sent on %(moment)s."), { moment }), action }
  }

  // Trying the same again keeps one message.
  #nameAttempt({ text, assetIds }, sendAt) {
    const key = [sendAt, ...assetIds, text].join(" ")
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
}
