// <task-comments>: the latest comments on a task, live, and a field to add one. They are replies in the thread of its
// card, where the channel has all of them.
import { fetchFragment, readText, requestJson } from "lib/api"
import { connection } from "lib/connection"
import { gettext } from "lib/i18n"
import { isComposing } from "lib/keys"
import { showErrorToast } from "lib/toast"
import { createUuid } from "lib/uuid"
import { completeWhileTyping } from "messages/completion"
import { updateLayout } from "messages/feed-layout"
import { showTasks } from "tasks/references"

const FRAMES = ["message.created", "message.updated", "message.deleted"]
// What was shown of each task, for its details may be drawn anew.
const shown = new Map()

class TaskComments extends HTMLElement {
  #listening = null
  #asked = 0

  connectedCallback() {
    this.#listening = new AbortController()
    const { signal } = this.#listening
    const { task, project } = this.dataset
    for (const type of FRAMES) connection.on(type, (frame) => this.#isOwn(frame) && this.#load(), { signal })
    connection.addEventListener("welcome", () => this.#load(), { signal })
    const form = this.querySelector("form")
    const field = form?.querySelector("textarea")
    form?.addEventListener("submit", (event) => this.#send(event, field), { signal })
    field?.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || isComposing(event) || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      form.requestSubmit()
    }, { signal })
    if (field) completeWhileTyping(field, { room: project })
    if (shown.has(task)) this.#show(shown.get(task))
    this.#load()
  }

  disconnectedCallback() {
    this.#listening.abort()
  }

  // Before the first comment there is no card to know them by.
  #isOwn({ room, message }) {
    const { project, card } = this.dataset
    return room === project && message.thread_id !== null && (!card || message.thread_id === card)
  }

  async #load() {
    const asked = ++this.#asked
    try {
      const html = await readText(await fetchFragment(this.dataset.source))
      if (asked === this.#asked && this.isConnected && html !== shown.get(this.dataset.task)) this.#show(html)
    } catch {
      // The next event or welcome loads again.
    }
  }

  #show(html) {
    shown.set(this.dataset.task, html)
    const box = this.querySelector("[data-comments]")
    box.innerHTML = html
    const templates = box.querySelector("[data-client-templates]")
    if (document.querySelectorAll("#copy-code").length > 1) templates.remove()
    else document.body.append(templates)
    const list = box.querySelector(".feed")
    if (!list) return
    updateLayout(list)
    for (const item of list.querySelectorAll(".feed__item")) showTasks(item, (change) => change())
  }

  async #send(event, field) {
    event.preventDefault()
    event.stopPropagation()
    const content = field.value.trim()
    if (!content) return field.focus()
    event.submitter?.setAttribute("aria-busy", "true")
    try {
      const body = { content, client_id: createUuid() }
      const { thread_id: card } = await requestJson("POST", `/tasks/${this.dataset.task}/comments`, body)
      this.dataset.card = card
      field.value = ""
      await this.#load()
    } catch (error) {
      showErrorToast(gettext("Not sent."), error)
    } finally {
      event.submitter?.removeAttribute("aria-busy")
    }
  }
}

customElements.define("task-comments", TaskComments)
