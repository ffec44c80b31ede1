// Prepare each message for what the current user can do with it, and run the actions of its toolbar.
import { isLetterKey, isModifiedClick } from "lib/keys"
import { Bookmarks } from "messages/bookmarks"
import { startFeedGestures } from "messages/feed-gestures"
import { showRevisions } from "messages/fragment-dialogs"
import { removePart, showRemoveButtons } from "messages/link-previews"
import { openEditor, restoreEditor } from "messages/message-editor"
import { MessageCards } from "messages/message-cards"
import { showLinkedMessage } from "messages/message-links"
import { MessageMenu } from "messages/message-menu"
import { hasToolbar, MessageToolbars } from "messages/message-toolbars"
import { describeOrigin } from "messages/quotes"
import { Reactions } from "messages/reactions"
import { removeEdit } from "messages/stored-edits"
import { enableTaskBoxes } from "messages/task-boxes"

const REMOVERS = "[data-remove-preview], [data-remove-asset]"

export class MessageActions {
  #feed
  #permissions
  #editing
  #menu
  #reactions
  #bookmarks
  #cards
  #toolbars

  // `permissions`: MessagePermissions. `onChange` gets a message's new version, where the
  // server tells it. `markUnreadFrom` takes the first message that is to be unread; `keepPlace` changes the feed.
  constructor(feed, { room, permissions, onChange, markUnreadFrom, keepPlace, signal }) {
    this.#feed = feed
    this.#permissions = permissions
    this.#editing = { room, onChange, signal }
    this.#menu = new MessageMenu({ room, permissions, onChange, markUnreadFrom })
    this.#reactions = new Reactions({ canWrite: permissions.canWrite, onChange })
    this.#bookmarks = new Bookmarks(room)
    this.#cards = new MessageCards(feed, { keepPlace })
    this.#toolbars = new MessageToolbars(feed, { permissions, signal })
    feed.addEventListener("click", (event) => this.#handleClick(event))
    for (const type of ["pointerover", "focusin"]) feed.addEventListener(type, (event) => this.#updateToolbar(event))
    document.addEventListener("keydown", (event) => this.#handleKey(event), { signal })
    startFeedGestures(feed, { permissions, onChange, signal })
  }

  decorate(item) {
    if (item.querySelector(".message--deleted")) removeEdit(item.dataset.id)
    if (!hasToolbar(item)) return
    this.#toolbars.addSoon(item)
    const canEdit = this.#permissions.canEdit(item)
    this.#reactions.decorate(item)
    showRemoveButtons(item, canEdit)
    this.#cards.decorate(item)
    enableTaskBoxes(item, canEdit)
    if (canEdit) restoreEditor(item, this.#editing)
  }

  async edit(item) {
    if (item && this.#canEdit(item)) await openEditor(item, this.#editing)
  }

  editLast(items) {
    return this.edit(items.findLast((item) => item.matches("[data-mine]") && this.#canEdit(item)))
  }

  // Also what had a button may have become too old.
  #canEdit(item) {
    const canEdit = hasToolbar(item) && this.#permissions.canEdit(item)
    if (!canEdit) item.querySelector("[data-action=edit]")?.remove()
    return canEdit
  }

  #handleClick(event) {
    const { target } = event
    const link = target.closest("a.message__edited")
    if (link && !isModifiedClick(event)) {
      event.preventDefault()
      return showRevisions(link)
    }
    const bodyLink = target.closest(".message__body a[href], a[data-message-card], a.quote")
    if (bodyLink && !isModifiedClick(event) && showLinkedMessage(bodyLink, this.#editing.room)) event.preventDefault()
    const button = target.closest(`.message__actions [data-action], .reaction, ${REMOVERS}`)
    if (!button) return
    const item = target.closest(".feed__item")
    if (button.matches(REMOVERS)) removePart(button, this.#editing.onChange)
    if (button.matches("[data-emoji]")) this.#reactions.toggle(button)
    if (button.matches("[data-react], [data-action=react]")) this.#reactions.openPicker(item, button)
    if (button.matches("[data-action=reply]")) this.#quote(item)
    if (button.matches("[data-action=save]")) this.#bookmarks.toggle(item)
    if (button.matches("[data-action=edit]")) this.edit(item)
    if (button.matches("[data-action=more]")) this.#menu.open(item, button)
  }

  #quote(item) {
    const composer = this.#feed.parentElement.querySelector("room-composer")
    composer.dispatchEvent(new CustomEvent("quote", { detail: describeOrigin(item) }))
  }

  // When its toolbar is about to be seen; what is saved once per message.
  #updateToolbar({ target }) {
    const item = target.closest(".feed__item")
    if (!item || !hasToolbar(item)) return
    this.#toolbars.addNow(item)
    this.#canEdit(item)
    if (item.dataset.bookmarkShown === undefined) this.#bookmarks.showState(item)
    item.dataset.bookmarkShown = ""
  }

  #handleKey(event) {
    if (!isLetterKey(event, "e")) return
    if (event.target.closest("input, textarea, select, dialog, [popover], [contenteditable]")) return
    const item = event.target.closest(".feed__item") ?? this.#feed.querySelector(".feed__item:hover")
    if (!item || !this.#canEdit(item)) return
    event.preventDefault()
    this.edit(item)
  }
}
