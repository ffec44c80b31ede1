// Add tasks at the end of a column, one line each.
import { area, findCard, listColumns, projectId } from "board/cards"
import { focusedCard } from "board/focus"
import { fetchChangesSoon } from "board/live"
import { buildQuickLine, focusLine, tellOfLeftOut } from "tasks/quick-line"

// In milliseconds: what has no card by then has none here.
const PATIENCE = 4000

export function startQuickAdd() {
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("main [data-adds]")
    if (button) openQuickAdd(button.closest(".column"))
  })
}

// Without a column it is that of the focused card, else the first.
export function openQuickAdd(column = null) {
  const place = column ?? focusedCard()?.closest(".column") ?? listColumns()[0]
  if (!place) return
  const open = area.querySelector(".quick-add")
  if (open?.closest(".column") === place) return focusLine(open)
  open?.remove()
  const form = buildQuickLine({
    read: (text) => ({ project: projectId, text, column_id: form.closest(".column").dataset.column }),
    begin: (text) => showPending(text, form.closest(".column")),
    end: settle,
    close,
  })
  place.querySelector(".column__cards").after(form)
  place.scrollIntoView({ block: "nearest", inline: "nearest" })
  focusLine(form)
}

function close(form, returnsFocus) {
  const button = form.parentElement.querySelector(".column__add")
  form.remove()
  if (returnsFocus) button.focus()
}

function showPending(text, column) {
  const item = Object.assign(document.createElement("p"), { className: "task task--pending", textContent: text })
  item.dir = "auto"
  const list = column.querySelector(".column__cards")
  list.after(item)
  list.scrollTop = list.scrollHeight
  return item
}

function settle(pending, task) {
  if (!task || findCard(task.id)) return pending.remove()
  pending.dataset.pending = task.id
  fetchChangesSoon([task.id])
  setTimeout(() => {
    if (!pending.isConnected) return
    pending.remove()
    tellOfLeftOut(task)
  }, PATIENCE)
}
