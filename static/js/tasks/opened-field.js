// Open a task in the panel with one of its fields in use.
let wanted = null

// `link`: one with data-panel.
export function openField(link, field) {
  wanted = field
  link.click()
}

// What the panel that opens should focus; it is told once.
export function takeWantedField() {
  const field = wanted
  wanted = null
  return field
}
