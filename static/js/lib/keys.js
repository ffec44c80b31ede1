// Enter sends, Shift+Enter makes a line, Ctrl or Cmd with Enter always sends; while an input method composes, Enter is its own.
export function sendsOnEnter(event) {
  if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return false
  return event.ctrlKey || event.metaKey || !(event.shiftKey || event.altKey)
}
