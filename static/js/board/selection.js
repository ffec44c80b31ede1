// Cards that are selected, to be moved or deleted together.
import { gettext, interpolate, ngettext } from "lib/i18n"
import { announce } from "messages/announcer"
import { area, listCards, mayWrite } from "board/cards"

const bar = document.getElementById("bulk-bar")
// Where a range begins.
let anchor = null

export function startSelection() {
  if (!mayWrite) return
  area.addEventListener("click", handleClick, { capture: true })
  bar.querySelector("[data-clears]").addEventListener("click", clearSelection)
}

export const listSelected = () => [...area.querySelectorAll(".task[data-selected]")]
export const listSelectedIds = () => listSelected().map(({ dataset }) => dataset.task)

// The selected cards where this is one of them, else this one.
export const withSelected = (card) => (card.hasAttribute("data-selected") ? listSelected() : [card])

export function toggleSelected(card) {
  card.toggleAttribute("data-selected")
  anchor = card
  show()
}

export function selectCards(cards) {
  for (const card of cards) card.setAttribute("data-selected", "")
  show()
}

// Returns whether there was anything to clear.
export function clearSelection() {
  const cards = listSelected()
  for (const card of cards) card.removeAttribute("data-selected")
  anchor = null
  show()
  return cards.length > 0
}

// After cards have come and gone.
export function show() {
  const count = listSelected().length
  if (bar.hidden === !count) {
    if (count) bar.querySelector("[data-words]").textContent = describe(count)
    return
  }
  bar.hidden = !count
  bar.querySelector("[data-words]").textContent = count ? describe(count) : ""
  announce(count ? describe(count) : gettext("Nothing selected"))
}

const describe = (count) => interpolate(ngettext("%(count)s selected", "%(count)s selected", count), { count })

function handleClick(event) {
  const card = event.target.closest(".task")
  if (!card || event.target.closest("button, input") || !(event.ctrlKey || event.metaKey || event.shiftKey)) return
  event.preventDefault()
  event.stopPropagation()
  if (event.shiftKey && anchor?.isConnected && anchor.parentElement === card.parentElement) selectRange(card)
  else toggleSelected(card)
}

function selectRange(card) {
  const cards = listCards(card.closest(".column"))
  const [first, last] = [cards.indexOf(anchor), cards.indexOf(card)].sort((a, b) => a - b)
  selectCards(cards.slice(first, last + 1))
}
