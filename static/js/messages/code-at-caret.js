// Tell whether what is typed next would be code, from the text before the caret: a fence or a span that is still open,
// or an indented block. As in a list indented lines are text there, they are taken for code outside of lists alone.
const FENCE = /^ {0,3}(`{3,}|~{3,})/
const INDENTED = /^(?: {4}|\t)/
const ITEM = /^\s*(?:[-*+]|\d+[.)])\s/

export function isInCode(before) {
  let fence = null
  let paragraph = []
  let isIndented = false
  let hasList = false
  for (const line of before.split("\n")) {
    const [, marks] = line.match(FENCE) ?? []
    if (fence) {
      if (marks?.startsWith(fence)) fence = null
      continue
    }
    const isFirst = !paragraph.length
    hasList ||= ITEM.test(line)
    isIndented = INDENTED.test(line) && !hasList && (isFirst || isIndented)
    if (marks) fence = marks
    paragraph = marks || !line.trim() ? [] : [...paragraph, line]
  }
  return fence !== null || isIndented || hasOpenSpan(paragraph.join("\n"))
}

// A run of backticks begins a span that ends at the next run of the same length.
function hasOpenSpan(text) {
  let open = null
  for (const [run] of text.replaceAll("\\`", "").matchAll(/`+/g)) {
    if (open === null) open = run
    else if (open === run) open = null
  }
  return open !== null
}
