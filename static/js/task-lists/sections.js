// The page of one's own tasks, by when they are due: shown anew as a whole, with the focus where it was.
import { onNewMinute } from "lib/new-day"
import { formatIsoDay } from "lib/local-time"
import { refreshParts } from "navigation/page-parts"
import { findRow, listRows } from "task-lists/rows"

export async function refreshSections() {
  // Once it is closed, the page is shown anew.
  if (document.querySelector("[data-title-input]")) return
  const row = document.activeElement.closest("li[data-task]")
  const field = document.activeElement.dataset.edits
  const rows = listRows()
  const neighbour = rows[rows.indexOf(row) + 1] ?? rows[rows.indexOf(row) - 1]
  await refreshParts()
  if (!row || document.activeElement !== document.body) return
  const fresh = findRow(row.dataset.task)
  const section = ({ parentElement }) => parentElement.parentElement.dataset.section
  // What has gone to another part of the page doesn't take its reader along.
  const next = fresh && neighbour && section(fresh) !== section(row) ? findRow(neighbour.dataset.task) : fresh
  const target = next ?? (neighbour && findRow(neighbour.dataset.task))
  ;((next === fresh && field && target?.querySelector(`[data-edits="${field}"]`)) || target)?.focus()
}

// What is due and what is snoozed changes by itself.
export function followClock() {
  let day = formatIsoDay(new Date())
  onNewMinute(() => {
    const isNewDay = day !== formatIsoDay(new Date())
    day = formatIsoDay(new Date())
    const hasWoken = listRows().some(({ dataset, parentElement }) =>
      parentElement.parentElement.dataset.section === "snoozed" && new Date(dataset.snoozed) <= new Date())
    if (isNewDay || hasWoken) refreshSections().catch(() => {})
  })
}
