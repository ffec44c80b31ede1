// The card that has the focus, or had it last: it alone is a tab stop, for a board can have a thousand.
import { area, listCards, listColumns } from "board/cards"

const findLink = (card) => card.querySelector(".task__title")

export function startFocus() {
  settleTabStops()
  area.addEventListener("focusin", ({ target }) => {
    const card = target.closest(".task")
    if (card) setTabStop(card)
  })
}

// After cards have come, gone or been replaced.
export function settleTabStops() {
  const stop = area.querySelector(".task[data-stop]") ?? area.querySelector(".task")
  for (const link of area.querySelectorAll(".task__title:not([tabindex])")) link.tabIndex = -1
  if (stop) setTabStop(stop)
}

function setTabStop(card) {
  for (const former of area.querySelectorAll(".task[data-stop]")) showStop(former, false)
  showStop(card, true)
}

function showStop(card, isStop) {
  card.toggleAttribute("data-stop", isStop)
  for (const each of card.querySelectorAll(".task__title, [data-menu]")) each.tabIndex = isStop ? 0 : -1
}

export const focusedCard = () => document.activeElement?.closest?.("#board .task") ?? null

export function focusCard(card) {
  if (!card) return
  findLink(card).focus({ preventScroll: true })
  card.scrollIntoView({ block: "nearest", inline: "nearest" })
}

// One card down or up, or into the next column, at about the same height.
export function stepFrom(card, { down = 0, across = 0 }) {
  if (!card) return area.querySelector(".task")
  const column = card.closest(".column")
  const cards = listCards(column)
  const index = cards.indexOf(card)
  if (down) return cards[index + down] ?? null
  const columns = listColumns()
  for (let at = columns.indexOf(column) + across; columns[at]; at += across) {
    const others = listCards(columns[at])
    if (others.length) return others[Math.min(index, others.length - 1)]
  }
  return null
}

// What gets the focus when a card goes: the one below, above, or the board.
export function focusNeighbour(card) {
  const next = card.nextElementSibling ?? card.previousElementSibling
  if (next) focusCard(next)
  else area.querySelector(".board").focus()
}
