// What one may do with a message: offered in a toolbar on it and under it, and handed to whoever carries it out.
import { moveFocus, oneStop } from "lib/roving-tabindex"
import { Bookmarks } from "messages/bookmarks"
import { openEditor } from "messages/message-editor"
import { MessageMenu } from "messages/message-menu"
import { Reactions } from "messages/reactions"
import { showRevisions } from "messages/revisions"

export class MessageActions {
  #feed
  #rights
  #changed
  #menu
  #reactions
  #bookmarks

  // `changed` hears of the version a message has now, where the server told, `leaveUnread` of the message from which on all is to be unread.
  constructor(feed, { rights, changed, leaveUnread }) {
    this.#feed = feed
    this.#rights = rights
    this.#changed = changed
    this.#menu = new MessageMenu({ rights, changed, leaveUnread })
    this.#reactions = new Reactions({ canWrite: rights.canWrite, changed })
    this.#bookmarks = new Bookmarks(rights.room)
    feed.addEventListener("click", (event) => this.#click(event))
    feed.addEventListener("keydown", (event) => moveFocus(event, buttonsOf(event.target.closest(".message__actions"))))
    for (const type of ["pointerover", "focusin"]) feed.addEventListener(type, (event) => this.#approach(event), { passive: true })
    document.addEventListener("keydown", (event) => this.#key(event))
    touchAndHold(feed)
  }

  // Buttons for what one may not do are not there.
  decorate(item) {
    const article = item.querySelector(".message")
    if (!article || item.dataset.kind === "system" || article.matches(".message--deleted")) return
    const toolbar = document.getElementById("message-actions").content.firstElementChild.cloneNode(true)
    const { canWrite, me } = this.#rights
    if (!canWrite) toolbar.querySelector("[data-action=react]").remove()
    if (!canWrite || item.dataset.author !== me) toolbar.querySelector("[data-action=edit]").remove()
    oneStop(buttonsOf(toolbar))
    article.append(toolbar)
    this.#reactions.decorate(item)
  }

  async edit(item) {
    if (item?.querySelector("[data-action=edit]")) await openEditor(item, this.#changed)
  }

  #click(event) {
    const { target } = event
    const link = target.closest("a.message__edited")
    if (link && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      return showRevisions(link)
    }
    const item = target.closest(".feed__item")
    const button = target.closest(".message__actions [data-action], .reaction")
    if (!button) return
    if (button.matches("[data-emoji]")) this.#reactions.press(button)
    if (button.matches("[data-react], [data-action=react]")) this.#reactions.choose(item, button)
    if (button.matches("[data-action=save]")) this.#bookmarks.toggle(item)
    if (button.matches("[data-action=edit]")) this.edit(item)
    if (button.matches("[data-action=more]")) this.#menu.open(item, button)
  }

  // Its toolbar is about to be seen.
  #approach({ target }) {
    const item = target.closest(".feed__item")
    if (item && !item.dataset.approached && item.querySelector(".message__actions")) {
      item.dataset.approached = "true"
      this.#bookmarks.show(item)
    }
  }

  #key(event) {
    if (event.key !== "e" || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.target.closest("input, textarea, select, dialog, [popover], [contenteditable]")) return
    const item = event.target.closest(".feed__item") ?? this.#feed.querySelector(".feed__item:hover")
    if (!item?.querySelector("[data-action=edit]")) return
    event.preventDefault()
    this.edit(item)
  }
}

const buttonsOf = (toolbar) => [...(toolbar?.querySelectorAll("button") ?? [])]

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
