// Send what was typed: as a message or, where it begins with `/name`, to be run as a command. What a command has to say
// is shown to the user alone.
import { requestJson } from "lib/api"
import { timeZoneName } from "lib/local-time"
import { createUuid } from "lib/uuid"
import { takeFiles } from "attachments/stored-files"
import { outbox } from "messages/outbox"

// As on the server. Two slashes send the text with one, a space sends it as it is.
const COMMAND = /^\/[A-Za-z]/
const ESCAPED = /^\/\/[A-Za-z]/

export const isCommand = (text) => COMMAND.test(text)

export const unescapeSlash = (text) => (ESCAPED.test(text) ? text.slice(1) : text)

export class Commands {
  #box
  #place
  #isRunning = false

  // `box`: where notices are shown. `place`: { room, thread }
  constructor(box, place) {
    this.#box = box
    this.#place = place
    box.querySelector("[data-close]").addEventListener("click", () => {
      box.hidden = true
      box.parentElement.querySelector("textarea").focus()
    })
  }

  // Resolves with whether it was sent. `options`: { alsoInRoom, origin, files }. Beside files a text is no command.
  async send(text, options) {
    if (isCommand(text) && !options.files.length) return this.#isRunning ? false : this.#run(text, options)
    const { room, thread } = this.#place
    this.#box.hidden = true
    takeFiles(options.files)
    outbox.add(room, unescapeSlash(text), { thread, ...options })
    return true
  }

  async #run(text, { alsoInRoom, origin }) {
    this.#isRunning = true
    const { room, thread } = this.#place
    const place = thread ? { thread_id: thread, also_in_room: alsoInRoom } : {}
    const reply = origin && { reply_to: origin.id }
    const body = { text, client_id: createUuid(), time_zone: timeZoneName, ...reply, ...place }
    try {
      const { notice, left } = await requestJson("POST", `/rooms/${room}/commands`, body)
      if (left) location.assign("/")
      if (notice) this.#show((words) => (words.innerHTML = notice.html))
      else this.#box.hidden = true
      return true
    } catch (error) {
      this.#show((words) => (words.textContent = error.message), { isError: true })
      return false
    } finally {
      this.#isRunning = false
    }
  }

  #show(fill, { isError = false } = {}) {
    fill(this.#box.querySelector("[data-words]"))
    this.#box.classList.toggle("command-notice--error", isError)
    this.#box.hidden = false
  }
}
