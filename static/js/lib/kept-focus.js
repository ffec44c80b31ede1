// A selector for the same button in the next version of a message, when the focus is on one in this version.
export function addressIn(item) {
  const element = document.activeElement
  if (!item.contains(element)) return ""
  const { emoji, action, react } = element.dataset
  if (emoji) return `[data-emoji="${CSS.escape(emoji)}"]`
  if (action) return `[data-action="${action}"]`
  return react === undefined ? "" : "[data-react]"
}
