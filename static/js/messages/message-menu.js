// The further actions of a message, in one menu that opens beside it. What one may not do is not in it.
import { api } from "lib/api"
import { moveFocus } from "lib/roving-tabindex"
import { openBeside } from "lib/popover"
import { toast } from "lib/toast"
import { because, gettext } from "lib/i18n"

export class MessageMenu {
  #menu = document.getElementById("message-menu")
  #dialog = document.getElementById("delete-dialog")
  #rights
  #changed
  #leaveUnread
  #item = null

  constructor({ rights, changed, leaveUnread }) {
    this.#rights = rights
    this.#changed = changed
    this.#leaveUnread = leaveUnread
    this.#menu.addEventListener("click", ({ target }) => this.#click(target.closest("[data-action]")?.dataset.action))
    this.#menu.addEventListener("keydown", (event) => moveFocus(event, this.#shown, 1))
  }

  open(item, opener) {
    const { canWrite, administers, isMember, me } = this.#rights
    this.#item = item
    this.#offer("pin", canWrite)
    this.#offer("unread", isMember)
    this.#offer("delete", canWrite && (administers || item.dataset.author === me))
    this.#menu.querySelector("[data-action=pin] [data-words]").textContent = isPinned(item) ? gettext("Unpin") : gettext("Pin")
    openBeside(this.#menu, opener)
    this.#shown[0].focus()
  }

  get #shown() {
    return [...this.#menu.children].filter(({ hidden }) => !hidden)
  }

  #offer(action, may) {
    this.#menu.querySelector(`[data-action=${action}]`).hidden = !may
  }

  #click(action) {
    if (!action) return
    this.#menu.hidePopover()
    const item = this.#item
    if (action === "copy-link") copy(`${location.origin}/rooms/${this.#rights.room}/messages/${item.dataset.id}/`, gettext("Link copied."))
    if (action === "copy-text") copy(textOf(item), gettext("Text copied."))
    if (action === "pin") this.#pin(item)
    if (action === "unread") this.#leaveUnread(item).catch((error) => toast(because(gettext("Not marked."), error)))
    if (action === "delete") this.#delete(item)
  }

  async #pin(item) {
    try {
      this.#changed((await api(isPinned(item) ? "DELETE" : "PUT", `/messages/${item.dataset.id}/pin`)).version)
    } catch (error) {
      toast(because(gettext("Not done."), error))
    }
  }

  #delete(item) {
    const dialog = this.#dialog
    const text = textOf(item)
    dialog.querySelector(".dialog__excerpt").textContent = text.length > 160 ? `${text.slice(0, 160)}…` : text
    dialog.returnValue = ""
    dialog.showModal()
    const decided = async () => {
      if (dialog.returnValue !== "delete") return
      try {
        await api("DELETE", `/messages/${item.dataset.id}`)
        this.#changed()
      } catch (error) {
        toast(because(gettext("Not deleted."), error))
      }
    }
    dialog.addEventListener("close", decided, { once: true })
  }
}

const isPinned = (item) => Boolean(item.querySelector(".message__pinned"))

async function copy(text, done) {
  const copied = await navigator.clipboard?.writeText(text).then(() => true, () => false)
  toast(copied ? done : text)
}

function textOf(item) {
  const body = item.querySelector(".message__body")
  const edited = body.querySelector(".message__edited")?.innerText
  const text = body.innerText.trim()
  return edited && text.endsWith(edited) ? text.slice(0, -edited.length).trim() : text
}
