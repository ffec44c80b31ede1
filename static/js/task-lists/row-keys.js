// Keys on rows of tasks, as j and k from row to row, and clicks on what changes a task.
import { isField, isLetterKey } from "lib/keys"
import { deleteTasks } from "task-lists/changes"
import { editTitle } from "task-lists/title-editor"
import { listSelected, toggleRow, clearSelection } from "task-lists/selection"
import { openNewTask } from "task-lists/new-task"
import { tick } from "task-lists/ticks"
import { openTaskMenu } from "task-lists/task-menu"
import { listRows } from "task-lists/rows"

const MENU_KEYS = { a: "assignees", l: "labels", p: "priority", d: "due", s: "status", h: "snooze" }

export function startRowKeys() {
  setTabStop(listRows()[0])
  document.addEventListener("keydown", handleKey)
  document.addEventListener("focusin", ({ target }) => setTabStop(target.closest("li[data-task]")))
  document.addEventListener("click", handleClick)
}

function setTabStop(row) {
  if (!row) return
  for (const each of document.querySelectorAll('li[data-task][tabindex="0"]')) each.tabIndex = -1
  row.tabIndex = 0
}

function handleClick({ target }) {
  const button = target.closest("[data-edits], [data-deletes]")
  const row = button?.closest("li[data-task]")
  if (!row) return
  if ("deletes" in button.dataset) deleteTasks([row])
  else if (button.dataset.edits === "title") editTitle(row)
  else openTaskMenu(button, button.dataset.edits, [row])
}

function handleKey(event) {
  const { target } = event
  if (isField(target) && !target.matches("[data-selects]")) return
  if (event.ctrlKey || event.metaKey || event.altKey || target.closest?.("[popover]")) return
  const row = target.closest?.("li[data-task]")
  if (runEverywhere(event, row) || (row && runOnRow(event, row))) event.preventDefault()
}

function runEverywhere(event, row) {
  if (isLetterKey(event, "c")) return openNewTask()
  const isDown = isLetterKey(event, "j") || (row === event.target && event.key === "ArrowDown")
  const isUp = isLetterKey(event, "k") || (row === event.target && event.key === "ArrowUp")
  if (isDown || isUp) return focusNeighbour(row, isDown ? 1 : -1)
  if (event.key === "Escape" && listSelected().length) return clearSelection() ?? true
  return false
}

function focusNeighbour(row, step) {
  const rows = listRows()
  const next = row ? rows[rows.indexOf(row) + step] : document.querySelector('li[data-task][tabindex="0"]') ?? rows[0]
  next?.focus()
  next?.scrollIntoView({ block: "nearest" })
  return true
}

function runOnRow(event, row) {
  if (event.key === "Enter" && event.target === row) row.querySelector("[data-title]").click()
  else if (isLetterKey(event, "x")) markRow(row)
  else if (isLetterKey(event, "e") && row.querySelector('[data-edits="title"]')) editTitle(row)
  else if (event.key === "Delete" && row.querySelector("[data-edits]")) deleteTasks(listActedOn(row))
  else return openMenuByKey(event, row)
  return true
}

// Select it; on the page of one's own tasks, where nothing is selected, complete it.
function markRow(row) {
  const button = row.querySelector("[data-ticks]")
  if (button) tick(button)
  else toggleRow(row)
}

function openMenuByKey(event, row) {
  const letter = Object.keys(MENU_KEYS).find((each) => isLetterKey(event, each))
  const button = letter && row.querySelector(`[data-edits="${MENU_KEYS[letter]}"]`)
  if (!button) return false
  openTaskMenu(button, MENU_KEYS[letter], listActedOn(row))
  return true
}

// All that are selected, where the row is one of them.
function listActedOn(row) {
  const selected = listSelected()
  return selected.includes(row) ? selected : [row]
}
