// One stop for Tab, arrows within: toolbars, menus, grids.
const STEPS = { ArrowRight: 1, ArrowLeft: -1 }

// `columns` of a grid; 1 for a list from top to bottom, 0 for a row.
export function moveFocus(event, buttons, columns = 0) {
  const step = stepOf(event.key, columns)
  const at = buttons.indexOf(document.activeElement)
  if (!step || at < 0) return
  event.preventDefault()
  focusOne(buttons, buttons[(at + step + buttons.length) % buttons.length])
}

export function focusOne(buttons, chosen) {
  oneStop(buttons, chosen)
  chosen?.focus()
}

export function oneStop(buttons, chosen = buttons[0]) {
  for (const button of buttons) button.tabIndex = button === chosen ? 0 : -1
}

function stepOf(key, columns) {
  if (columns !== 1 && STEPS[key]) return STEPS[key]
  return columns && { ArrowDown: columns, ArrowUp: -columns }[key]
}
