// Let the user choose a time: one of those that are offered, in a menu beside the button that was pressed, or any, in a
// dialog. One menu and one dialog for all that is sent or told later.
import { timeZoneName } from "lib/local-time"
import { openPopover } from "lib/popover"
import { moveFocus } from "lib/roving-tabindex"
import { showErrorToast, showToast } from "lib/toast"
import { computeFieldValue } from "later/time-choices"
import { openMessageDialog } from "messages/message-dialog"

const DAY = 24 * 60
const YEAR = 365 * DAY

// What the menu is open for.
let opened = null

// `offer`: { label, choices, excerpt, failure, send }. `send` takes what the server takes as a time, and returns what a
// toast then says, { text, action }; it throws an error that the user has to read. Null stands for nothing done.
export function openTimeMenu(button, offer, owner) {
  const menu = document.getElementById("time-menu")
  startMenu(menu)
  opened = offer
  menu.ariaLabel = offer.label
  for (const item of listChoices(menu)) item.remove()
  menu.prepend(...offer.choices.map(buildItem))
  openPopover(menu, button, owner)
  listItems(menu)[0].focus()
}

function startMenu(menu) {
  if ("started" in menu.dataset) return
  menu.dataset.started = ""
  menu.addEventListener("click", ({ target }) => choose(menu, target.closest(".menu__item")))
  menu.addEventListener("keydown", (event) => moveFocus(event, listItems(menu), 1))
}

const listItems = (menu) => [...menu.querySelectorAll(".menu__item")]
const listChoices = (menu) => menu.querySelectorAll("[data-value]")

function buildItem({ label, hint, value }) {
  const item = document.getElementById("time-choice").content.firstElementChild.cloneNode(true)
  item.dataset.value = value
  item.querySelector("[data-words]").textContent = label
  item.querySelector("[data-hint]").textContent = hint
  return item
}

async function choose(menu, item) {
  if (!item) return
  menu.hidePopover()
  const { send, failure } = opened
  if (!item.dataset.value) return openDialog(opened)
  try {
    const done = await send(item.dataset.value)
    if (done) showToast(done.text, done.action)
  } catch (error) {
    showErrorToast(failure, error)
  }
}

function openDialog({ label, excerpt, send }) {
  const dialog = document.getElementById("time-dialog")
  const field = document.getElementById("time-field")
  dialog.querySelector("h2").textContent = label
  dialog.querySelector("[data-zone]").textContent = timeZoneName
  Object.assign(field, { min: computeFieldValue(1), max: computeFieldValue(YEAR), value: computeFieldValue(DAY) })
  openMessageDialog(dialog, excerpt, () => send(field.value))
  field.focus()
}
