// The menu of a card, and of all that are selected: another column, another place, and what else can be done.
import { copyText } from "lib/clipboard"
import { gettext } from "lib/i18n"
import { openPopover } from "lib/popover"
import { moveFocus } from "lib/roving-tabindex"
import { area, findColumn, listCards, listColumns, readName, sortCards } from "board/cards"
import { deleteCards } from "board/deleting"
import { focusCard } from "board/focus"
import { moveCards } from "board/moves"
import { clearSelection, listSelected, toggleSelected, withSelected } from "board/selection"
import { editTitle } from "board/title-edit"

const menu = document.getElementById("card-menu")
const FOR_ONE = "[data-action=open], [data-action=edit], [data-action=select], [data-action=link]"
let cards = []

export function startCardMenu() {
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("#board [data-menu], #bulk-bar [data-menu]")
    if (button) openMenu(button, button.closest(".task"))
  })
  area.addEventListener("contextmenu", (event) => {
    const card = event.target.closest(".task")
    if (!card || event.shiftKey || event.pointerType === "touch" || event.target.closest("input")) return
    event.preventDefault()
    openCardMenu(card)
  })
  menu.addEventListener("click", handleClick)
  menu.addEventListener("keydown", (event) => moveFocus(event, listItems(), 1))
}

export const openCardMenu = (card) => openMenu(card.querySelector("[data-menu]"), card)

function openMenu(button, card) {
  cards = sortCards(card ? withSelected(card) : listSelected())
  if (!cards.length) return
  for (const item of menu.querySelectorAll(FOR_ONE)) item.hidden = cards.length > 1
  menu.querySelector("[data-columns]").replaceChildren(...listColumns().map(buildColumnItem))
  const columns = new Set(cards.map(({ dataset }) => dataset.column))
  for (const item of menu.querySelectorAll("[data-to]")) {
    item.disabled = columns.size === 1 && columns.has(item.dataset.to)
  }
  openPopover(menu, button, card)
  listItems()[0].focus()
}

// Columns come and go while the board is shown.
function buildColumnItem(column) {
  const item = document.getElementById("card-menu-column").content.firstElementChild.cloneNode(true)
  item.dataset.to = column.dataset.column
  item.prepend(column.querySelector(".status-sign .icon").cloneNode(true))
  item.querySelector("span").textContent = readName(column)
  return item
}

const listItems = () => [...menu.querySelectorAll("button:not([hidden], :disabled)")]

function handleClick({ target }) {
  const item = target.closest("[data-action]")
  if (!item) return
  menu.hidePopover()
  const [card] = cards
  focusCard(card)
  ACTIONS[item.dataset.action](card, item.dataset.to)
}

const ACTIONS = {
  open: (card) => card.querySelector(".task__title").click(),
  edit: editTitle,
  select: toggleSelected,
  link: (card) => copyText(card.querySelector(".task__title").href, gettext("Link copied.")),
  move: (card, to) => moveAll(findColumn(to), null),
  top: (card) => moveAll(card.closest(".column"), findFirstOther(card.closest(".column"))),
  bottom: (card) => moveAll(card.closest(".column"), null),
  delete: () => deleteCards(cards),
}

const findFirstOther = (column) => listCards(column).find((each) => !cards.includes(each))

async function moveAll(column, before) {
  if ((await moveCards(cards, column, before ?? null)) && cards.length > 1) clearSelection()
}
