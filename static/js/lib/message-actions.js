// What one may do with a message: offered in a toolbar on it, and carried out here.
import { api } from "lib/api"
import { openEditor } from "lib/message-editor"
import { showRevisions } from "lib/revisions"
import { toast } from "lib/toast"

export class MessageActions {
  #feed
  #rights
  #dialog = document.getElementById("delete-dialog")

  constructor(feed, rights) {
    this.#feed = feed
    this.#rights = rights
    feed.addEventListener("click", (event) => this.#click(event))
    feed.addEventListener("keydown", (event) => this.#move(event))
    document.addEventListener("keydown", (event) => this.#key(event))
    touchAndHold(feed)
  }

  // Buttons for what one may not do are not there.
  decorate(item) {
    const article = item.querySelector(".message")
    if (!article || item.dataset.kind === "system" || article.matches(".message--deleted")) return
    const toolbar = document.getElementById("message-actions").content.firstElementChild.cloneNode(true)
    const { canWrite, administers, me } = this.#rights
    const mine = item.dataset.author === me
    if (!mine || !canWrite) toolbar.querySelector("[data-action=edit]")?.remove()
    if (!canWrite || !(mine || administers)) toolbar.querySelector("[data-action=delete]")?.remove()
    ;[...toolbar.querySelectorAll("button")].slice(1).forEach((button) => (button.tabIndex = -1))
    article.append(toolbar)
  }

  async edit(item) {
    if (item?.querySelector("[data-action=edit]")) await openEditor(item)
  }

  #click(event) {
    const link = event.target.closest("a.message__edited")
    if (link && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      return showRevisions(link)
    }
    const item = event.target.closest(".feed__item")
    const action = event.target.closest(".message__actions [data-action]")?.dataset.action
    if (action === "edit") this.edit(item)
    if (action === "copy") this.#copy(item)
    if (action === "delete") this.#delete(item)
  }

  async #copy(item) {
    const url = `${location.origin}/rooms/${this.#rights.room}/messages/${item.dataset.id}/`
    const done = await navigator.clipboard?.writeText(url).then(() => true, () => false)
    toast(done ? "Link copied." : url)
  }

  #delete(item) {
    const dialog = this.#dialog
    dialog.querySelector(".dialog__excerpt").textContent = excerpt(item)
    dialog.returnValue = ""
    dialog.showModal()
    const decided = async () => {
      if (dialog.returnValue !== "delete") return
      await api("DELETE", `/messages/${item.dataset.id}`).catch((error) => toast(`Not deleted. ${error.message}`))
    }
    dialog.addEventListener("close", decided, { once: true })
  }

  // Arrow keys within the toolbar, as its role promises.
  #move(event) {
    const toolbar = event.target.closest(".message__actions")
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!toolbar || !step) return
    const buttons = [...toolbar.querySelectorAll("button")]
    const next = buttons[(buttons.indexOf(event.target) + step + buttons.length) % buttons.length]
    buttons.forEach((button) => (button.tabIndex = button === next ? 0 : -1))
    next.focus()
  }

  #key(event) {
    if (event.key !== "e" || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.target.closest("input, textarea, select, dialog, [contenteditable]")) return
    const item = event.target.closest(".feed__item") ?? this.#feed.querySelector(".feed__item:hover")
    if (!item?.querySelector("[data-action=edit]")) return
    event.preventDefault()
    this.edit(item)
  }
}

function excerpt(item) {
  const body = item.querySelector(".message__body").cloneNode(true)
  body.querySelector(".message__edited")?.remove()
  const text = body.textContent.trim()
  return text.length > 160 ? `${text.slice(0, 160)}…` : text
}

// On touch the toolbar comes with a long press and goes with the next tap elsewhere.
function touchAndHold(feed) {
  let timer = 0
  const cancel = () => clearTimeout(timer)
  feed.addEventListener("touchstart", (event) => {
    cancel()
    const article = event.target.closest(".message")
    if (event.target.closest(".message__actions")) return
    for (const other of feed.querySelectorAll("[data-active]")) if (other !== article) other.removeAttribute("data-active")
    if (article) timer = setTimeout(() => article.setAttribute("data-active", ""), 450)
  }, { passive: true })
  for (const type of ["touchmove", "touchend", "touchcancel"]) feed.addEventListener(type, cancel, { passive: true })
}
