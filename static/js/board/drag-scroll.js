// Scroll the board and its columns while a card is held at their edges.
import { findBoard } from "board/cards"

const EDGE = 56
// In pixels per frame at the very edge.
const SPEED = 16

// `read` tells where the pointer is, `draw` is called after each step. Returns what ends it.
export function startAutoscroll(read, draw) {
  let frame = requestAnimationFrame(step)
  function step() {
    const { x, y } = read()
    if (scrollAt(x, y)) draw()
    frame = requestAnimationFrame(step)
  }
  return () => cancelAnimationFrame(frame)
}

function scrollAt(x, y) {
  const board = findBoard()
  const across = computeSpeed(x, board.getBoundingClientRect(), "left", "right")
  const list = document.querySelector(".column[data-drop] .column__cards")
  const down = list ? computeSpeed(y, list.getBoundingClientRect(), "top", "bottom") : 0
  const before = [board.scrollLeft, list?.scrollTop]
  if (across) board.scrollLeft += across
  if (down) list.scrollTop += down
  return board.scrollLeft !== before[0] || list?.scrollTop !== before[1]
}

function computeSpeed(at, box, start, end) {
  if (at < box[start] + EDGE) return -SPEED * Math.min(1, (box[start] + EDGE - at) / EDGE)
  if (at > box[end] - EDGE) return SPEED * Math.min(1, (at - box[end] + EDGE) / EDGE)
  return 0
}
