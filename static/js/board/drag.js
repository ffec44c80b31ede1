// Drag cards to another place: with a mouse at once, with a finger once it has rested on the card for a moment, so that
// it still scrolls. Escape, and a second finger, put them back.
import { holdChanges } from "board/busy"
import { area, sortCards } from "board/cards"
import { startAutoscroll } from "board/drag-scroll"
import { DropPlace } from "board/drop-place"
import { buildGhost, moveGhost } from "board/ghost"
import { moveCards } from "board/moves"
import { clearSelection, withSelected } from "board/selection"

const MOUSE_SLOP = 5
const TOUCH_SLOP = 10
const TOUCH_REST = 280
let press = null

export function startDrag() {
  area.addEventListener("pointerdown", handlePress)
  // Browsers drag links and pictures by themselves.
  area.addEventListener("dragstart", (event) => event.target.closest?.(".task") && event.preventDefault())
  // Passive listeners could not keep the page from scrolling under a card that is dragged.
  area.addEventListener("touchmove", (event) => press?.drag && event.preventDefault(), { passive: false })
}

function handlePress(event) {
  if (press) return cancel()
  const card = event.target.closest(".task[data-task]")
  if (!card || event.button !== 0 || event.target.closest("button, input, textarea")) return
  const listening = new AbortController()
  const { signal } = listening
  press = { card, listening, pointer: event.pointerId, x: event.clientX, y: event.clientY, drag: null, timer: 0 }
  if (event.pointerType === "touch") press.timer = setTimeout(startDragging, TOUCH_REST)
  document.addEventListener("pointermove", handleMove, { signal })
  document.addEventListener("pointerup", handleRelease, { signal })
  document.addEventListener("pointercancel", cancel, { signal })
  document.addEventListener("keydown", handleKey, { signal, capture: true })
  // A long press opens a menu on touch screens.
  document.addEventListener("contextmenu", (menu) => menu.preventDefault(), { signal, capture: true })
}

function handleMove(event) {
  if (event.pointerId !== press.pointer) return
  const distance = Math.hypot(event.clientX - press.x, event.clientY - press.y)
  if (!press.drag) {
    if (event.pointerType !== "touch" && distance > MOUSE_SLOP && !isRange(event)) startDragging()
    else if (event.pointerType === "touch" && distance > TOUCH_SLOP) cancel()
    if (!press?.drag) return
  }
  Object.assign(press, { x: event.clientX, y: event.clientY })
  press.drag.frame ||= requestAnimationFrame(draw)
}

// With these keys a click selects.
const isRange = (event) => event.shiftKey || event.ctrlKey || event.metaKey

function startDragging() {
  const cards = sortCards(withSelected(press.card))
  for (const card of cards) card.setAttribute("data-dragging", "")
  document.documentElement.setAttribute("data-drags", "")
  const ghost = buildGhost(press.card, cards.length, press)
  const place = new DropPlace(cards)
  press.drag = { cards, ghost, place, frame: 0, release: holdChanges() }
  press.drag.stopScrolling = startAutoscroll(() => press, draw)
  navigator.vibrate?.(10)
  draw()
}

function draw() {
  const { drag, x, y } = press ?? {}
  if (!drag) return
  drag.frame = 0
  moveGhost(drag.ghost, x, y)
  drag.place.show(x, y)
}

function handleRelease(event) {
  if (event.pointerId !== press.pointer) return
  const { drag } = press
  if (!drag) return cancel()
  drag.place.show(event.clientX, event.clientY)
  const { column, before } = drag.place
  const { cards } = drag
  cancel()
  swallowClick()
  if (column) moveCards(cards, column, before).then((isDone) => isDone && cards.length > 1 && clearSelection())
}

function handleKey(event) {
  if (event.key !== "Escape" || !press.drag) return
  event.preventDefault()
  event.stopPropagation()
  cancel()
  swallowClick()
}

function cancel() {
  const { drag, listening, timer } = press
  press = null
  clearTimeout(timer)
  listening.abort()
  if (!drag) return
  cancelAnimationFrame(drag.frame)
  drag.stopScrolling()
  drag.ghost.remove()
  drag.place.hide()
  for (const card of drag.cards) card.removeAttribute("data-dragging")
  document.documentElement.removeAttribute("data-drags")
  drag.release()
}

// The release of a card that was dragged is no click on its title.
function swallowClick() {
  const listening = new AbortController()
  const swallow = (event) => {
    event.preventDefault()
    event.stopPropagation()
  }
  document.addEventListener("click", swallow, { capture: true, once: true, signal: listening.signal })
  setTimeout(() => listening.abort())
}
