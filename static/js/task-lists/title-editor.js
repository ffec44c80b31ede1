// Change the title of a task in its row: Enter saves, Escape leaves it as it was.
import { gettext } from "lib/i18n"
import { isComposing } from "lib/keys"
import { saveChanges } from "task-lists/changes"
import { showTasks } from "task-lists/refresh"
import { readTitle } from "task-lists/rows"

const MAX_LENGTH = 250

export function editTitle(row) {
  const cell = row.querySelector(".task-row__title")
  if (cell.querySelector("input")) return
  const former = readTitle(row)
  const input = Object.assign(document.createElement("input"), {
    className: "input input--sm",
    value: former,
    maxLength: MAX_LENGTH,
    ariaLabel: gettext("Title"),
    autocomplete: "off",
  })
  input.dataset.titleInput = ""
  for (const each of cell.children) each.hidden = true
  cell.append(input)
  input.select()
  const end = (title) => close(row, cell, input, former, title)
  input.addEventListener("keydown", (event) => {
    if (isComposing(event)) return
    if (event.key === "Enter") end(input.value)
    else if (event.key === "Escape") end(former)
    else return
    event.preventDefault()
    event.stopPropagation()
  })
  input.addEventListener("blur", () => end(input.value))
}

// Removing a field that has the focus blurs it once more.
async function close(row, cell, input, former, text) {
  if (!input.isConnected || "closing" in input.dataset) return
  input.dataset.closing = ""
  const hadFocus = document.activeElement === input
  input.remove()
  for (const each of cell.children) each.hidden = false
  if (hadFocus) row.focus()
  const title = text.trim()
  // What others have changed meanwhile has waited.
  if (!title || title === former) return showTasks([row.dataset.task])
  const isSaving = saveChanges([row], () => ({ title }))
  cell.querySelector("[data-title]").textContent = title
  if (!(await isSaving)) cell.querySelector("[data-title]").textContent = former
}
