// Give a toolbar, menu or grid one tab stop and move the focus inside it with the arrow keys.
const HORIZONTAL_STEPS = { ArrowRight: 1, ArrowLeft: -1 }

// `columns`: of a grid; 1 for a vertical list, 0 for a horizontal one.
export function moveFocus(event, buttons, columns = 0) {
  const step = computeStep(event.key, columns)
  const index = buttons.indexOf(document.activeElement)
  if (!step || index < 0) return
  event.preventDefault()
  focusButton(buttons, buttons[(index + step + buttons.length) % buttons.length])
}

export function focusButton(buttons, button) {
  setTabStop(buttons, button)
  button?.focus()
}

export function setTabStop(buttons, tabStop = buttons[0]) {
  for (const button of buttons) button.tabIndex = button === tabStop ? 0 : -1
}

function computeStep(key, columns) {
  if (columns !== 1 && HORIZONTAL_STEPS[key]) return HORIZONTAL_STEPS[key]
  return columns && { ArrowDown: columns, ArrowUp: -columns }[key]
}
