// Help to write blocks of code: put a fence around what is selected, and begin new lines by Enter inside of one.
import { isComposing } from "lib/keys"
import { insertText } from "lib/text-field"

const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/

export function insertCodeBlock(field, language) {
  const { value, selectionStart: start, selectionEnd: end } = field
  const code = value.slice(start, end)
  const opening = `${start && value[start - 1] !== "\n" ? "\n" : ""}\`\`\`${language}\n`
  const closing = `\n\`\`\`${value[end] && value[end] !== "\n" ? "\n" : ""}`
  insertText(field, opening + code + closing)
  const caret = start + opening.length + code.length
  field.setSelectionRange(caret, caret)
}

// Handles Enter in an open block of code; with Ctrl or Cmd it sends all the same.
export function continueCode(event) {
  const { target: field, key } = event
  const isPlain = !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey)
  if (key !== "Enter" || !isPlain || isComposing(event)) return
  const before = field.value.slice(0, field.selectionStart)
  if (!isInFence(before)) return
  event.preventDefault()
  event.stopImmediatePropagation()
  const [indentation] = before.slice(before.lastIndexOf("\n") + 1).match(/^[ \t]*/)
  insertText(field, `\n${indentation}`)
}

// As on the server, a block may also be closed at the end of a line of code.
function isInFence(before) {
  let fence = null
  for (const line of before.split("\n")) {
    if (fence) fence = line.trimEnd().endsWith(fence) ? null : fence
    else [, fence = null] = line.match(FENCE) ?? []
  }
  return fence !== null
}
