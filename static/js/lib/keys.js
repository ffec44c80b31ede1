// Interpret keys and modifiers the way users of chat applications expect.

// Enter or Ctrl/Cmd+Enter; Shift+Enter is a new line. While an input method composes, Enter is its own (keyCode 229).
export function isSubmitKey(event) {
  if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return false
  return event.ctrlKey || event.metaKey || !(event.shiftKey || event.altKey)
}

// The browser opens a new tab or window for such a click, or downloads.
export function isModifiedClick(event) {
  return event.ctrlKey || event.metaKey || event.shiftKey || event.altKey
}
