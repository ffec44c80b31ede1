// The menu that changes a field of tasks. One for all; type to find what begins so, Escape closes it.
import { gettext } from "lib/i18n"
import { openPopover } from "lib/popover"
import { moveFocus } from "lib/roving-tabindex"
import { showErrorToast } from "lib/toast"
import { saveChanges } from "task-lists/changes"
import { FIELDS } from "task-lists/fields"
import { findRow } from "task-lists/rows"

let opened = null

// `rows` may be of several projects only where the field has the same choices in all.
export async function openTaskMenu(button, name, rows) {
  const menu = document.getElementById("task-menu")
  startMenu(menu)
  const field = FIELDS[name]
  try {
    const options = await field.list(rows)
    opened = { button, field, name, ids: rows.map(({ dataset }) => dataset.task), options }
  } catch (error) {
    showErrorToast(gettext("The choices could not be loaded."), error)
    return
  }
  menu.ariaLabel = field.label()
  showOptions(menu)
  openPopover(menu, button, rows.length === 1 ? rows[0] : null, "start")
  const items = listItems(menu)
  const chosen = items.find((item) => item.ariaChecked === "true")
  ;(chosen ?? items[0])?.focus()
}

function startMenu(menu) {
  if ("started" in menu.dataset) return
  menu.dataset.started = ""
  menu.addEventListener("click", ({ target }) => choose(menu, target.closest(".menu__item")))
  menu.addEventListener("keydown", (event) => {
    if (event.key.length === 1 && event.key !== " ") focusByLetter(menu, event)
    else moveFocus(event, listItems(menu), 1)
  })
  menu.addEventListener("toggle", ({ newState }) => newState === "closed" && returnFocus(menu))
}

const listItems = (menu) => [...menu.querySelectorAll(".menu__item")]

function showOptions(menu) {
  const template = document.getElementById("task-choice")
  const empty = Object.assign(document.createElement("p"), { className: "menu__note" })
  empty.textContent = gettext("There is nothing to choose yet.")
  const items = opened.options.map((option) => buildItem(template, option))
  menu.replaceChildren(...(items.length ? items : [empty]))
}

function buildItem(template, { words, hint = "", sign, color, isChosen = false }) {
  const item = template.content.firstElementChild.cloneNode(true)
  const place = item.querySelector("[data-sign]")
  const icon = sign && document.querySelector(`#task-signs [data-name="${sign}"]`)
  if (icon) place.replaceWith(icon.firstElementChild.cloneNode(true))
  else if (color) Object.assign(place, { className: "task-dot" }).dataset.color = color
  else place.remove()
  item.querySelector("[data-words]").textContent = words
  item.querySelector("[data-hint]").textContent = hint
  item.querySelector("[data-check]").hidden = !isChosen
  item.ariaChecked = String(isChosen)
  return item
}

async function choose(menu, item) {
  if (!item) return
  const { field, name, button, ids, options } = opened
  const index = listItems(menu).indexOf(item)
  const option = options[index]
  const rows = ids.map(findRow).filter(Boolean)
  if (option.opensDay) return openDayDialog(menu, field, rows)
  if (!field.isMultiple) menu.hidePopover()
  await saveChanges(rows, option.change)
  if (!field.isMultiple || !menu.matches(":popover-open")) return
  // Several may be chosen one after the other: what is chosen by now is read from the rows as they are shown anew.
  const current = ids.map(findRow).filter(Boolean)
  if (!current.length) return menu.hidePopover()
  opened = { button, field, name, ids, options: await field.list(current) }
  showOptions(menu)
  listItems(menu)[index]?.focus()
}

function openDayDialog(menu, field, rows) {
  menu.hidePopover()
  const dialog = document.getElementById("task-day-dialog")
  const input = document.getElementById("task-day")
  input.value = rows[0]?.dataset.due ?? ""
  const submit = () => saveChanges(rows, () => field.dayOf(input.value))
  const form = dialog.querySelector("form")
  form.addEventListener("submit", submit)
  dialog.addEventListener("close", () => form.removeEventListener("submit", submit), { once: true })
  dialog.showModal()
  input.focus()
}

function focusByLetter(menu, { key }) {
  const items = listItems(menu)
  const start = items.indexOf(document.activeElement) + 1
  const inOrder = [...items.slice(start), ...items.slice(0, start)]
  const readWords = (item) => item.querySelector("[data-words]").textContent.toLowerCase()
  inOrder.find((item) => readWords(item).startsWith(key.toLowerCase()))?.focus()
}

// The row may have been shown anew meanwhile.
function returnFocus() {
  const { button, ids } = opened
  if (document.activeElement !== document.body) return
  if (button.isConnected) button.focus()
  else findRow(ids[0])?.focus()
}
