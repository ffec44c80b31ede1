// The bubbles of what is on its way: drawn from the partial the server fills, blank, in a <template>. They settle in place.
import { connection } from "lib/connection"
import { outbox } from "messages/outbox"
import { gettext } from "lib/i18n"

export class PendingBubbles {
  #box
  #list
  #scroll
  #sync

  constructor(box, { room, list, scroll, sync, toLatest }) {
    this.#box = box
    this.#list = list
    this.#scroll = scroll
    this.#sync = sync
    outbox.entries(room).forEach((entry) => this.#draw(entry))
    const here = (handle) => (entry) => entry.room === room && handle(entry)
    outbox.on("added", here(async (entry) => {
      this.#draw(entry)
      scroll.toBottom()
      await toLatest().catch(() => {})
      scroll.toBottom()
    }))
    outbox.on("changed", here((entry) => this.#restate(entry)))
    outbox.on("sent", here((entry) => this.#sent(entry)))
    outbox.on("gone", ({ clientId }) => this.#remove(clientId))
    for (const type of ["up", "down"]) connection.addEventListener(type, () => outbox.entries(room).forEach((entry) => this.#restate(entry)))
    box.addEventListener("click", ({ target }) => {
      const { clientId } = target.closest("[data-pending]")?.dataset ?? {}
      if (target.closest("[data-retry]")) outbox.retry(clientId)
      if (target.closest("[data-discard]")) outbox.discard(clientId)
    })
  }

  #draw(entry) {
    if (this.#list.sentAs(entry.clientId)) return outbox.settle(entry.clientId)
    if (!this.#find(entry.clientId)) this.#list.appendPending(bubble(entry))
  }

  #restate(entry) {
    const item = this.#find(entry.clientId)
    if (item) this.#scroll.keepingPlace(() => state(item, entry))
  }

  // Its announcement brings the rendered message.
  #sent(entry) {
    this.#restate({ ...entry, refusal: null, sent: true })
    this.#sync.expectSoon(entry.message.version)
  }

  // Deleted here, or sent by another tab.
  #remove(clientId) {
    const item = this.#find(clientId)
    if (!item) return
    const focused = item.contains(document.activeElement)
    item.remove()
    this.#list.arrange()
    this.#sync.catchUp()
    if (focused) this.#box.focus()
  }

  #find(clientId) {
    const item = this.#list.find(clientId)
    return item?.matches("[data-pending]") ? item : null
  }
}

function bubble(entry) {
  const item = document.getElementById("message-template").content.firstElementChild.cloneNode(true)
  item.id = `message-${entry.clientId}`
  Object.assign(item.dataset, { id: entry.clientId, clientId: entry.clientId, pending: "", at: Math.floor(entry.at / 1000) })
  for (const time of item.querySelectorAll("time")) time.dateTime = new Date(entry.at).toISOString()
  const words = Object.assign(document.createElement("p"), { className: "message__draft", textContent: entry.content })
  item.querySelector(".message__body").replaceChildren(words)
  state(item, entry)
  return item
}

// The words change, the bubble stays where it is.
function state(item, { refusal, sent }) {
  const article = item.querySelector(".message")
  article.classList.toggle("message--pending", !refusal && !sent)
  article.classList.toggle("message--failed", Boolean(refusal))
  item.querySelector(".message__status")?.remove()
  if (sent) return
  const status = document.getElementById(refusal ? "failed-status" : "pending-status").content.firstElementChild.cloneNode(true)
  const words = status.querySelector("[data-words]")
  if (refusal) words.textContent = `${gettext("Not sent.")} ${refusal}`
  else if (!connection.isUp) words.textContent = gettext("Waiting for the connection")
  item.querySelector(".message__main").append(status)
}
