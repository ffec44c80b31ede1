// Interpret keys and modifiers the way users of chat applications expect.

// Enter where it sends, else Ctrl/Cmd+Enter; Shift+Enter is a new line. While an input method composes, Enter is its
// own (keyCode 229).
export function isSubmitKey(event) {
  if (event.key !== "Enter" || isComposing(event)) return false
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

// Ctrl, on Apple's keyboards Cmd: with a letter, or with a sign, whatever else its layout asks for ("/" is Shift+7).
export function isCommandKey(event, key) {
  const hasCommand = isApple ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey
  if (!hasCommand || event.altKey || isComposing(event)) return false
  return /^[a-z]$/.test(key) ? !event.shiftKey && isLetter(event, key) : event.key === key
}

// A shortcut of one letter, without modifiers. On a layout without Latin letters the place of the key counts.
export function isLetterKey(event, letter) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false
  return isLetter(event, letter)
}

export const isApple = /Mac|iPhone|iPad/.test(navigator.platform)

export const isComposing = (event) => event.isComposing || event.keyCode === 229

// Where letters are typed, or a dialog has keys of its own.
export const isField = (target) => Boolean(target.closest?.("input, textarea, select, [contenteditable], dialog[open]"))

function isLetter(event, letter) {
  const isLatin = /^[a-z]$/i.test(event.key)
  return isLatin ? event.key.toLowerCase() === letter : isForeignLetter(event.key) && event.code === codeOf(letter)
}

const codeOf = (letter) => `Key${letter.toUpperCase()}`

// Punctuation stands in the place of a Latin letter on layouts that have that letter elsewhere.
const isForeignLetter = (key) => /^\p{L}$/u.test(key)
