// Move cards at once, and tell the server in the order of the moves; what it refuses goes back.
import { requestJson } from "lib/api"
import { gettext, interpolate, ngettext } from "lib/i18n"
import { showErrorToast, showToast } from "lib/toast"
import { announce } from "messages/announcer"
import { holdChanges } from "board/busy"
import {
  findCard, findColumn, listCards, placeCard, projectId, readName, readTitle, sortCards, updateCounts,
} from "board/cards"
import { focusCard, focusedCard } from "board/focus"

let lastRequest = Promise.resolve()

// `before`: the card that they stand above; null: at the end of the column. Says whether the server took it.
export async function moveCards(cards, column, before, { canUndo = true } = {}) {
  const moved = sortCards(cards)
  const former = moved.map(rememberPlace)
  if (!putCards(moved, column, before)) return true
  const body = { task_ids: moved.map(readId), column_id: column.dataset.column, ...describePlace(moved) }
  tell(moved, column)
  const release = holdChanges()
  try {
    lastRequest = lastRequest.catch(() => {}).then(() => requestJson("POST", `/projects/${projectId}/tasks/move`, body))
    const { items } = await lastRequest
    for (const task of items) showPlace(task)
    if (canUndo) offerUndo(moved, column, former)
    return true
  } catch (error) {
    for (const place of former.reverse()) restorePlace(place)
    updateCounts()
    showErrorToast(gettext("Not moved."), error)
    return false
  } finally {
    release()
  }
}

const readId = (card) => card.dataset.task

// What stood below is what one goes back above, the last one first.
function rememberPlace(card) {
  return { id: readId(card), column: card.dataset.column, next: card.nextElementSibling?.dataset.task ?? null }
}

// Returns whether any of them stands elsewhere now.
function putCards(cards, column, before) {
  const list = column.querySelector(".column__cards")
  const order = [...list.children].filter((each) => !cards.includes(each))
  const index = before ? order.indexOf(before) : order.length
  order.splice(index < 0 ? order.length : index, 0, ...cards)
  if (order.length === list.children.length && order.every((each, at) => each === list.children[at])) return false
  const focused = focusedCard()
  for (const card of cards) list.insertBefore(card, order[order.indexOf(cards.at(-1)) + 1] ?? null)
  for (const card of cards) card.dataset.column = column.dataset.column
  updateCounts()
  if (cards.includes(focused)) focusCard(focused)
  return true
}

function describePlace(cards) {
  const after = cards[0].previousElementSibling
  const before = cards.at(-1).nextElementSibling
  return { after_id: after?.dataset.task ?? null, before_id: before?.dataset.task ?? null }
}

function restorePlace({ id, column, next }) {
  const card = findCard(id)
  if (!card) return
  card.dataset.column = column
  const sibling = next && findCard(next)
  const list = findColumn(column)?.querySelector(".column__cards")
  if (!list) return card.remove()
  if (sibling?.parentElement === list) list.insertBefore(card, sibling)
  else if (next) placeCard(card)
  else list.append(card)
}

function showPlace({ id, position, column_id: column, version }) {
  const card = findCard(id)
  if (card) Object.assign(card.dataset, { position, column, version })
}

function tell(cards, column) {
  const place = listCards(column).indexOf(cards[0]) + 1
  const values = { column: readName(column), place, count: listCards(column).length }
  announce(interpolate(gettext("%(column)s, %(place)s of %(count)s"), values))
}

function offerUndo(cards, column, former) {
  const stays = former.every((place) => place.column === column.dataset.column)
  // A step within its column is undone by a step back.
  if (stays && cards.length === 1) return
  showToast(describeMove(cards, readName(column)), { label: gettext("Undo"), run: () => undo(former) })
}

function describeMove(cards, column) {
  const { length: count } = cards
  if (count === 1) return interpolate(gettext("“%(title)s” is in %(column)s."), { title: readTitle(cards[0]), column })
  const text = ngettext("%(count)s task is in %(column)s.", "%(count)s tasks are in %(column)s.", count)
  return interpolate(text, { count, column })
}

// From the end, so that the card that one goes back above is there already.
async function undo(former) {
  for (const { id, column, next } of [...former].reverse()) {
    const card = findCard(id)
    const place = findColumn(column)
    if (card && place && !(await moveCards([card], place, next && findCard(next), { canUndo: false }))) return
  }
}
