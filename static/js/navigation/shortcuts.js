// The keys that work everywhere: to other rooms, to mark all as read, and for the sheet that lists them all.
import { isApple, isCommandKey, isComposing, isField } from "lib/keys"
import { markAllRead } from "navigation/mark-all-read"
import { goToRoom, goToUnreadRoom } from "navigation/room-steps"
import { openShortcuts } from "navigation/shortcut-sheet"

export function startShortcuts() {
  // Before Escape closes a panel, and before a field sees its arrow keys.
  addEventListener("keydown", handleKey, { capture: true })
  document.addEventListener("click", ({ target }) => target.closest("[data-opens-shortcuts]") && openShortcuts())
  document.addEventListener("click", ({ target }) => target.closest("[data-marks-all-read]") && markAllRead())
}

function handleKey(event) {
  const run = isComposing(event) ? null : findAction(event)
  if (!run) return
  event.preventDefault()
  event.stopPropagation()
  run()
}

function findAction(event) {
  const { key, altKey, shiftKey, ctrlKey, metaKey, target } = event
  const modal = document.querySelector("dialog:modal")
  if (isCommandKey(event, "/") && (!modal || modal.id === "shortcuts")) return openShortcuts
  if (modal || ctrlKey || metaKey) return null
  if (key === "?" && !altKey && !isField(target)) return openShortcuts
  if (key === "Escape" && shiftKey && !altKey && !document.querySelector(":popover-open")) return markAllRead
  const step = { ArrowUp: -1, ArrowDown: 1 }[key]
  // A card of a board is moved by them.
  if (!step || !altKey || isEditing(target) || target.closest?.(".task")) return null
  return () => (shiftKey ? goToUnreadRoom(step) : goToRoom(step))
}

// With Option and an arrow key the caret moves by a paragraph there.
const isEditing = (target) => isApple && target.matches?.("input, textarea") && Boolean(target.value)
