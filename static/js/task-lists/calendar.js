// A calendar of tasks: shown anew when tasks change, and from month to month without leaving the page.
import { isModifiedClick } from "lib/keys"
import { refreshParts } from "navigation/page-parts"
import { findRow } from "task-lists/rows"

export async function refreshCalendar() {
  const row = document.activeElement.closest("li[data-task]")
  await refreshParts()
  if (row && document.activeElement === document.body) findRow(row.dataset.task)?.focus()
}

export function startCalendar() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".calendar-bar a")
    if (!link || isModifiedClick(event)) return
    event.preventDefault()
    history.pushState(history.state, "", link.href)
    keepPeriod()
    refreshCalendar().catch(() => location.reload())
  })
  addEventListener("popstate", () => refreshCalendar().catch(() => location.reload()))
}

// The filters are sent with the month or week that is shown.
function keepPeriod() {
  const form = document.querySelector("[data-filter-bar]")
  for (const name of ["month", "week"]) {
    form.querySelector(`input[name="${name}"]`)?.remove()
    const value = new URLSearchParams(location.search).get(name)
    if (value) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }))
  }
}
