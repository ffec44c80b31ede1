// Rows that are selected, by their boxes, x, or Shift and a click for all in between; and the bar of what they can do.
import { interpolate, ngettext } from "lib/i18n"
import { deleteTasks } from "task-lists/changes"
import { listRows } from "task-lists/rows"
import { openTaskMenu } from "task-lists/task-menu"

let last = null

export function startSelection() {
  const bar = document.querySelector("[data-bulk-bar]")
  if (!bar) return
  document.addEventListener("click", handleClick)
  document.addEventListener("change", ({ target }) => target.matches("[data-selects]") && showSelection())
  document.addEventListener("rows-changed", showSelection, { capture: true })
  bar.addEventListener("click", ({ target }) => run(target.closest("button")))
}

export const listSelected = () => listRows().filter((row) => row.querySelector("[data-selects]")?.checked)

export function toggleRow(row) {
  const box = row.querySelector("[data-selects]")
  if (!box) return
  box.checked = !box.checked
  last = row.dataset.task
  showSelection()
}

export function clearSelection() {
  for (const row of listSelected()) row.querySelector("[data-selects]").checked = false
  showSelection()
}

function handleClick(event) {
  const box = event.target.closest?.("[data-selects]")
  if (!box) return
  const rows = listRows()
  const index = rows.indexOf(box.closest("li[data-task]"))
  const from = event.shiftKey ? rows.findIndex(({ dataset }) => dataset.task === last) : -1
  if (from >= 0) {
    const between = rows.slice(Math.min(from, index), Math.max(from, index) + 1)
    for (const row of between) row.querySelector("[data-selects]").checked = box.checked
  }
  last = rows[index].dataset.task
}

function showSelection() {
  const bar = document.querySelector("[data-bulk-bar]")
  const count = listSelected().length
  bar.hidden = !count
  const words = ngettext("%(count)s selected", "%(count)s selected", count)
  bar.querySelector("[data-bulk-count]").textContent = interpolate(words, { count })
  document.documentElement.toggleAttribute("data-selecting", Boolean(count))
}

async function run(button) {
  if (!button) return
  const rows = listSelected()
  if ("clearsSelection" in button.dataset) clearSelection()
  else if ("deletes" in button.dataset) await deleteTasks(rows)
  else if (button.dataset.edits) await openTaskMenu(button, button.dataset.edits, rows)
}
