// Change the text of a field as typing would: it can be undone, and the field tells of the input.

// Puts a text in the place of what is selected, or of what stands between `start` and `end`.
export function insertText(field, text, start = field.selectionStart, end = field.selectionEnd) {
  field.focus({ preventScroll: true })
  field.setSelectionRange(start, end)
  if (document.execCommand("insertText", false, text)) return
  field.setRangeText(text, start, end, "end")
  field.dispatchEvent(new InputEvent("input", { bubbles: true }))
}
