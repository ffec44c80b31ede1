// What follows the pointer while cards are dragged: a copy of the first, with how many they are.
export function buildGhost(card, count, { x, y }) {
  const box = card.getBoundingClientRect()
  const ghost = card.cloneNode(true)
  ghost.removeAttribute("data-task")
  ghost.removeAttribute("data-dragging")
  ghost.className = "task task-ghost"
  ghost.inert = true
  ghost.setAttribute("aria-hidden", "true")
  if (count > 1) ghost.append(Object.assign(document.createElement("span"), { className: "count", textContent: count }))
  ghost.style.inlineSize = `${box.width}px`
  ghost.style.setProperty("--grab-x", `${x - box.left}px`)
  ghost.style.setProperty("--grab-y", `${y - box.top}px`)
  document.body.append(ghost)
  return ghost
}

export function moveGhost(ghost, x, y) {
  ghost.style.transform = `translate(calc(${x}px - var(--grab-x)), calc(${y}px - var(--grab-y))) rotate(1.2deg)`
}
