// Replace a message by its newer version and keep its editor, its popover's mark and the focus in it.
export function replaceMessage(oldItem, newItem, decorate) {
  const focusedButton = selectFocusedButton(oldItem)
  const editor = oldItem.querySelector(".message__editor")
  const focusedField = editor?.contains(document.activeElement) ? document.activeElement : null
  if (oldItem.matches("[data-unfolded]")) newItem.dataset.unfolded = ""
  oldItem.replaceWith(newItem)
  if (editor && !newItem.querySelector(".message--deleted")) {
    newItem.querySelector(".message__main").append(editor)
    newItem.dataset.editing = ""
    focusedField?.focus()
  }
  decorate(newItem)
  if (oldItem.querySelector(".message[data-active]")) newItem.querySelector(".message").dataset.active = ""
  if (focusedButton) findFocusTarget(newItem, focusedButton)?.focus({ preventScroll: true })
}

// A selector for the button in the item that has the focus, else "".
function selectFocusedButton(item) {
  const element = document.activeElement
  if (!item.contains(element)) return ""
  const { emoji, action, react } = element.dataset
  if (emoji) return `[data-emoji="${CSS.escape(emoji)}"]`
  if (action) return `[data-action="${action}"]`
  return react === undefined ? "" : "[data-react]"
}

// A deleted message has no button. On touch screens the composer would bring up the keyboard.
function findFocusTarget(item, selector) {
  const button = item.querySelector(selector) ?? item.querySelector(".message__actions button")
  if (button) return button
  const isTouch = matchMedia("(pointer: coarse)").matches
  return (!isTouch && document.querySelector("room-composer textarea")) || document.querySelector("room-feed")
}
