// Offer the further actions on a message in a menu, without those that the current user has no permission for.
import { requestJson } from "lib/api"
import { copyLater, copyText } from "lib/clipboard"
import { gettext } from "lib/i18n"
import { openPopover } from "lib/popover"
import { moveFocus } from "lib/roving-tabindex"
import { showErrorToast } from "lib/toast"
import { openReminderMenu } from "later/reminders"
import { confirmDeletion } from "messages/delete-message"
import { openForwardDialog } from "messages/forward-dialog"
import { showReaders } from "messages/fragment-dialogs"
import { openReportDialog } from "messages/report-dialog"
import { currentUser } from "users/current-user"
import { readMessageText as readText } from "messages/message-text"
import { createTask } from "tasks/create-task"

// The one that was opened last: the feeds of a page share the menu.
let opened = null

export class MessageMenu {
  #menu = document.getElementById("message-menu")
  #room
  #permissions
  #onChange
  #markUnreadFrom
  #item = null
  #button = null

  constructor({ room, permissions, onChange, markUnreadFrom }) {
    this.#room = room
    this.#permissions = permissions
    this.#onChange = onChange
    this.#markUnreadFrom = markUnreadFrom
  }

  static {
    const menu = document.getElementById("message-menu")
    menu?.addEventListener("click", ({ target }) => opened?.#run(target.closest("[data-action]")?.dataset.action))
    menu?.addEventListener("keydown", (event) => opened && moveFocus(event, opened.#visibleItems, 1))
  }

  open(item, button) {
    opened = this
    const { canWrite, isMember, showsReaders } = this.#permissions
    this.#item = item
    this.#button = button
    this.#toggleAction("pin", canWrite)
    this.#toggleAction("unread", isMember)
    this.#toggleAction("readers", showsReaders)
    this.#toggleAction("forward", isMember)
    this.#toggleAction("task", isMember)
    this.#toggleAction("report", isMember && item.dataset.author !== currentUser.id)
    this.#toggleAction("delete", this.#permissions.canDelete(item))
    const pin = this.#menu.querySelector("[data-action=pin] [data-words]")
    pin.textContent = isPinned(item) ? gettext("Unpin") : gettext("Pin")
    openPopover(this.#menu, button, item.querySelector(".message"))
    this.#visibleItems[0].focus()
  }

  get #visibleItems() {
    return [...this.#menu.children].filter(({ hidden }) => !hidden)
  }

  #toggleAction(action, isOffered) {
    this.#menu.querySelector(`[data-action=${action}]`).hidden = !isOffered
  }

  #run(action) {
    if (!action) return
    this.#menu.hidePopover()
    const item = this.#item
    const { id } = item.dataset
    const link = `${location.origin}/rooms/${this.#room}/messages/${id}/`
    if (action === "copy-link") copyText(link, gettext("Link copied."))
    if (action === "copy-text") copySource(id)
    if (action === "remind") openReminderMenu(this.#button, id, readText(item))
    if (action === "forward") openForwardDialog(id, readText(item))
    if (action === "task") createTask(id, this.#room, readText(item))
    if (action === "pin") this.#togglePin(item)
    if (action === "report") openReportDialog(id, readText(item))
    if (action === "readers") showReaders(id)
    if (action === "unread") this.#markUnread(item)
    if (action === "delete") confirmDeletion({ id, text: readText(item), onChange: this.#onChange })
  }

  async #togglePin(item) {
    try {
      const { version } = await requestJson(isPinned(item) ? "DELETE" : "PUT", `/messages/${item.dataset.id}/pin`)
      this.#onChange(version)
    } catch (error) {
      showErrorToast(gettext("Not done."), error)
    }
  }

  async #markUnread(item) {
    try {
      await this.#markUnreadFrom(item)
    } catch (error) {
      showErrorToast(gettext("Not marked."), error)
    }
  }
}

// What was typed, so that it can be sent again as it was.
async function copySource(id) {
  try {
    const content = requestJson("GET", `/messages/${id}`).then((message) => message.content ?? "")
    await copyLater(content, gettext("Text copied."))
  } catch (error) {
    showErrorToast(gettext("Not copied."), error)
  }
}

const isPinned = (item) => Boolean(item.querySelector(".message__pinned"))
