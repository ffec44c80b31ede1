// Interpret keys and modifiers the way users of chat applications expect.

// Enter where it sends, else Ctrl/Cmd+Enter; Shift+Enter is a new line. While an input method composes, Enter is its
// own (keyCode 229).
export function isSubmitKey(event) {
  if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return false
  return event.ctrlKey || event.metaKey || (doesEnterSend() && !(event.shiftKey || event.altKey))
}

// As the user has set it; else not on touch screens, whose keyboards have no other key for a new line.
export function doesEnterSend() {
  const { enterKey } = document.documentElement.dataset
  return enterKey ? enterKey === "send" : !matchMedia("(hover: none) and (pointer: coarse)").matches
}

// The browser opens a new tab or window for such a click, or downloads.
export function isModifiedClick(event) {
  return event.ctrlKey || event.metaKey || event.shiftKey || event.altKey
}

// A shortcut of one letter, without modifiers. On a layout without Latin letters the place of the key counts.
export function isLetterKey(event, letter) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false
  const isLatin = /^[a-z]$/i.test(event.key)
  return isLatin ? event.key.toLowerCase() === letter : isForeignLetter(event.key) && event.code === codeOf(letter)
}

const codeOf = (letter) => `Key${letter.toUpperCase()}`

// Punctuation stands in the place of a Latin letter on layouts that have that letter elsewhere.
const isForeignLetter = (key) => /^\p{L}$/u.test(key)
