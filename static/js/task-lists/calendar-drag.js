// Drag a task to another day: its span moves along, and a time of day stays what it is. Fingers scroll instead, and
// have the menu of the task.
import { formatIsoClock } from "lib/local-time"
import { saveChanges } from "task-lists/changes"
import { addDays, computeMoment } from "tasks/days"

// In pixels: less is a click.
const THRESHOLD = 5
const DAY = 86_400_000

export function startDragging() {
  document.addEventListener("pointerdown", (event) => {
    const row = event.target.closest?.("[data-moves]")
    if (!row || event.button !== 0 || event.pointerType === "touch" || event.target.closest("button")) return
    follow(row, event)
  })
}

function follow(row, start) {
  const ending = new AbortController()
  const { signal } = ending
  let ghost = null
  const move = ({ clientX, clientY }) => {
    if (!ghost && Math.hypot(clientX - start.clientX, clientY - start.clientY) < THRESHOLD) return
    ghost ??= lift(row)
    ghost.style.translate = `${clientX + 8}px ${clientY + 8}px`
    mark(findDay(clientX, clientY))
  }
  const end = (target) => {
    ending.abort()
    mark(null)
    ghost?.remove()
    row.removeAttribute("data-dragged")
    if (!ghost || !target) return
    // The click that follows opens nothing.
    addEventListener("click", stop, { capture: true, once: true })
    setTimeout(() => removeEventListener("click", stop, { capture: true }))
    if (target.dataset.day !== row.dataset.due) moveTask(row, target.dataset.day)
  }
  addEventListener("pointermove", move, { signal })
  addEventListener("pointerup", ({ clientX, clientY }) => end(ghost && findDay(clientX, clientY)), { signal })
  addEventListener("pointercancel", () => end(null), { signal })
  addEventListener("keydown", (event) => event.key === "Escape" && end(null), { signal })
  addEventListener("selectstart", (event) => event.preventDefault(), { signal })
}

function stop(event) {
  event.preventDefault()
  event.stopPropagation()
}

function lift(row) {
  const ghost = row.cloneNode(true)
  ghost.className = "calendar-task calendar-task--lifted"
  for (const name of ["data-task", "data-moves"]) ghost.removeAttribute(name)
  row.setAttribute("data-dragged", "")
  document.body.append(ghost)
  return ghost
}

const findDay = (x, y) => document.elementFromPoint(x, y)?.closest("[data-day]")

function mark(day) {
  for (const each of document.querySelectorAll("[data-drop]")) if (each !== day) each.removeAttribute("data-drop")
  day?.setAttribute("data-drop", "")
}

const moveTask = (row, day) => saveChanges([row], (each) => moveTo(each, day || null))

function moveTo({ dataset }, day) {
  const { due, dueAt, start } = dataset
  const isLongTask = start && due && day
  const span = isLongTask ? { start_date: addDays(start, Math.round((Date.parse(day) - Date.parse(due)) / DAY)) } : {}
  if (day && dueAt) return { ...span, due_date: day, due_at: computeMoment(day, formatIsoClock(new Date(dueAt))) }
  return { ...span, due_date: day }
}
