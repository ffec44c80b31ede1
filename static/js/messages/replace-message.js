// A newer version in a message's place. Somebody may be in the middle of editing it, or about to press something on it.
export function replaceBy(known, item, decorate) {
  const focus = addressIn(known)
  const editor = known.querySelector(".message__editor")
  const focused = editor?.contains(document.activeElement) && document.activeElement
  known.replaceWith(item)
  if (editor && !item.querySelector(".message--deleted")) {
    item.querySelector(".message__main").append(editor)
    item.dataset.editing = ""
    if (focused) focused.focus()
  }
  decorate(item)
  if (known.querySelector(".message[data-active]")) item.querySelector(".message").dataset.active = ""
  if (focus) (item.querySelector(focus) ?? item.querySelector(".message__actions button") ?? beyond())?.focus({ preventScroll: true })
}

// A deleted message has nothing to press. On touch the composer would bring up the keyboard.
function beyond() {
  const touch = matchMedia("(pointer: coarse)").matches
  return (!touch && document.querySelector("room-composer textarea")) || document.querySelector("room-feed")
}

// A selector for the same button in the next version, when the focus is on one in this version.
function addressIn(item) {
  const element = document.activeElement
  if (!item.contains(element)) return ""
  const { emoji, action, react } = element.dataset
  if (emoji) return `[data-emoji="${CSS.escape(emoji)}"]`
  if (action) return `[data-action="${action}"]`
  return react === undefined ? "" : "[data-react]"
}
