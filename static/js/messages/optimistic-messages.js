// Show messages from the outbox in the feed before the server has them, from a blank copy of the server's own fragment.
import { connection } from "lib/connection"
import { gettext } from "lib/i18n"
import { outbox } from "messages/outbox"
import { renderDraft } from "messages/draft-html"
import { listEntries, removeEntry } from "messages/outbox-entries"

export class OptimisticMessages {
  #feed
  #list
  #scroll
  #sync

  // `showLatest` resolves once the newest messages are in the feed.
  constructor(feed, { room, list, scroll, sync, showLatest }) {
    this.#feed = feed
    this.#list = list
    this.#scroll = scroll
    this.#sync = sync
    listEntries(room).forEach((entry) => this.#append(entry))
    const inRoom = (handle) => (entry) => entry.room === room && handle(entry)
    outbox.on("added", inRoom(async (entry) => {
      this.#append(entry)
      scroll.scrollToBottom()
      await showLatest().catch(() => {})
      scroll.scrollToBottom()
    }))
    outbox.on("changed", inRoom((entry) => this.#update(entry)))
    outbox.on("sent", inRoom((entry) => this.#markSent(entry)))
    outbox.on("removed", ({ clientId }) => this.#remove(clientId))
    for (const type of ["up", "down"]) {
      connection.addEventListener(type, () => listEntries(room).forEach((entry) => this.#update(entry)))
    }
    feed.addEventListener("click", ({ target }) => {
      const { clientId } = target.closest("[data-pending]")?.dataset ?? {}
      if (target.closest("[data-retry]")) outbox.retry(clientId)
      if (target.closest("[data-discard]")) outbox.discard(clientId)
    })
  }

  #append(entry) {
    if (this.#list.findSent(entry.clientId)) return removeEntry(entry.clientId)
    if (!this.#find(entry.clientId)) this.#list.appendPending(createItem(entry))
  }

  #update(entry) {
    const item = this.#find(entry.clientId)
    if (item) this.#scroll.preservePosition(() => showState(item, entry))
  }

  // The event that follows brings the rendered message.
  #markSent(entry) {
    this.#update({ ...entry, refusal: null, isSent: true })
    this.#sync.requireVersionSoon(entry.message.version)
  }

  // The entry was discarded, or another tab has sent it.
  #remove(clientId) {
    const item = this.#find(clientId)
    if (!item) return
    const hasFocus = item.contains(document.activeElement)
    item.remove()
    this.#list.updateLayout()
    this.#sync.catchUp()
    if (hasFocus) this.#feed.focus()
  }

  #find(clientId) {
    const item = this.#list.find(clientId)
    return item?.matches("[data-pending]") ? item : null
  }
}

function createItem(entry) {
  const { clientId, content, at } = entry
  const item = document.getElementById("message-template").content.firstElementChild.cloneNode(true)
  item.id = `message-${clientId}`
  Object.assign(item.dataset, { id: clientId, clientId, pending: "", at: Math.floor(at / 1000) })
  for (const time of item.querySelectorAll("time")) time.dateTime = new Date(at).toISOString()
  item.querySelector(".message__body").replaceChildren(renderDraft(content))
  showState(item, entry)
  return item
}

function showState(item, { refusal, isSent }) {
  const article = item.querySelector(".message")
  article.classList.toggle("message--pending", !refusal && !isSent)
  article.classList.toggle("message--failed", Boolean(refusal))
  item.querySelector(".message__status")?.remove()
  if (isSent) return
  const template = document.getElementById(refusal ? "failed-status" : "pending-status")
  const status = template.content.firstElementChild.cloneNode(true)
  const text = status.querySelector("[data-words]")
  if (refusal) text.textContent = `${gettext("Not sent.")} ${refusal}`
  else if (!connection.isUp) text.textContent = status.title = gettext("Waiting for the connection")
  item.querySelector(".message__main").append(status)
}
