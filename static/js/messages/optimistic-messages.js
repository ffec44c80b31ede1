// Show messages from the outbox in the feed before the server has them, from a blank copy of the server's own fragment.
import { connection } from "lib/connection"
import { gettext, interpolate, locale } from "lib/i18n"
import { outbox } from "messages/outbox"
import { renderDraft } from "messages/draft-html"
import { buildQuote } from "messages/quotes"
import { isInFeed, isWaitingForFiles, listFeedEntries, removeEntry } from "messages/outbox-entries"

export class OptimisticMessages {
  #feed
  #list
  #scroll
  #sync

  // `place`: { room, thread }. `showLatest` resolves once the newest messages are in the feed.
  constructor(feed, { place, list, scroll, sync, showLatest, signal }) {
    this.#feed = feed
    this.#list = list
    this.#scroll = scroll
    this.#sync = sync
    listFeedEntries(place).forEach((entry) => this.#append(entry))
    const onEntry = (type, handle) =>
      outbox.on(type, (entry) => isInFeed(entry, place) && handle(entry), { signal })
    onEntry("added", async (entry) => {
      this.#append(entry)
      scroll.scrollToBottom()
      await showLatest().catch(() => {})
      scroll.scrollToBottom()
    })
    onEntry("changed", (entry) => this.#update(entry))
    onEntry("sent", (entry) => this.#markSent(entry))
    outbox.on("removed", ({ clientId }) => this.#remove(clientId), { signal })
    for (const type of ["up", "down"]) {
      const updateAll = () => listFeedEntries(place).forEach((entry) => this.#update(entry))
      connection.addEventListener(type, updateAll, { signal })
    }
    feed.addEventListener("click", ({ target }) => {
      const { clientId } = target.closest("[data-pending]")?.dataset ?? {}
      if (target.closest("[data-retry]")) outbox.retry(clientId)
      if (target.closest("[data-discard]")) outbox.discard(clientId)
      if (target.closest("[data-take-back]")) outbox.dispatchEvent(new CustomEvent("returned", { detail: clientId }))
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
  const { clientId, content, at, origin, room, files } = entry
  const item = document.getElementById("message-template").content.firstElementChild.cloneNode(true)
  item.id = `message-${clientId}`
  Object.assign(item.dataset, { id: clientId, clientId, pending: "", at: Math.floor(at / 1000) })
  for (const time of item.querySelectorAll("time")) time.dateTime = new Date(at).toISOString()
  item.querySelector(".message__body").replaceChildren(renderDraft(content))
  if (files?.length) item.querySelector(".message__body").append(buildFileNames(files))
  if (origin) item.querySelector(".message__body").before(buildQuote(origin, `/rooms/${room}/messages/${origin.id}/`))
  showState(item, entry)
  return item
}

// They show as they are with the rendered message.
function buildFileNames(files) {
  const names = files.map(({ name }) => name).join(", ")
  return Object.assign(document.createElement("p"), { className: "soft", textContent: names })
}

function describeProgress(progress) {
  const percent = new Intl.NumberFormat(locale, { style: "percent" }).format(progress)
  return interpolate(gettext("Uploading: %(percent)s"), { percent })
}

function showState(item, entry) {
  const { refusal, isSent, progress = 0 } = entry
  const article = item.querySelector(".message")
  article.classList.toggle("message--pending", !refusal && !isSent)
  article.classList.toggle("message--failed", Boolean(refusal))
  item.querySelector(".message__status")?.remove()
  if (isSent) return
  const isUploading = !refusal && isWaitingForFiles(entry)
  const kind = isUploading ? "uploading" : refusal ? "failed" : "pending"
  const template = document.getElementById(`${kind}-status`)
  const status = template.content.firstElementChild.cloneNode(true)
  const text = status.querySelector("[data-words]")
  if (refusal) text.textContent = `${gettext("Not sent.")} ${refusal}`
  else if (isUploading) text.textContent = describeProgress(progress)
  else if (!connection.isUp) text.textContent = status.title = gettext("Waiting for the connection")
  item.querySelector(".message__main").append(status)
}
