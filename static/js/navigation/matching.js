// Tell how well a name matches what was typed: case, accents and a slip of the fingers don't count.
const LETTERS = { ß: "ss", ø: "o", ł: "l", đ: "d", ı: "i", æ: "ae", œ: "oe" }
const WORD = /[\p{L}\p{N}]+/gu

export function fold(text) {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
  return plain.replace(/[ßøłđıæœ]/g, (letter) => LETTERS[letter])
}

// 0 for no match, else the better the higher: the whole, its beginning, a word's beginning, the inside, initials,
// a word with a letter wrong, missing, too many or swapped (two in long words), and last letters of a word in order.
export function scoreMatch(query, name) {
  const typed = fold(query).trim()
  const text = fold(name)
  if (!typed) return 1
  if (text === typed) return 100
  if (text.startsWith(typed)) return 90
  const words = text.match(WORD) ?? []
  if (typed.split(/\s+/).every((part) => words.some((word) => word.startsWith(part)))) return 80
  if (text.includes(typed)) return 70
  if (words.map(([first]) => first).join("").startsWith(typed) && typed.length > 1) return 60
  if (words.some((word) => isNearly(typed, word))) return 40
  return typed.length > 2 && words.some((word) => isSubsequence(typed, word)) ? 20 : 0
}

// The part of a name that was typed, as [start, end], or null.
export function findMatch(query, name) {
  const typed = fold(query).trim()
  // Folding may change lengths; then nothing is marked.
  const text = [...name].map(fold)
  if (!typed || text.some((letter) => letter.length !== 1)) return null
  const start = text.join("").indexOf(typed)
  return start < 0 ? null : [start, start + typed.length]
}

function isSubsequence(typed, text) {
  let at = 0
  for (const letter of text) if (letter === typed[at]) at++
  return at === typed.length
}

// Compares with as much of the word as was typed: who types "desgin" is on the way to "design-reviews".
function isNearly(typed, word) {
  const allowed = typed.length >= 8 ? 2 : typed.length >= 4 ? 1 : 0
  if (!allowed) return false
  return [-1, 0, 1].some((more) => computeDistance(typed, word.slice(0, typed.length + more)) <= allowed)
}

// Damerau and Levenshtein, with neighbours swapped as one step (optimal string alignment).
function computeDistance(a, b) {
  let before = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1]
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (isSame ? 0 : 1))
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (isSwapped) row[j] = Math.min(row[j], before[j - 2] + 1)
    }
    before = last
    last = row
  }
  return last[b.length]
}
