// The keys of the board: from card to card, cards to other places, and letters for what is done most.
import { isField, isLetterKey } from "lib/keys"
import { area, findBoard, listCards, listColumns, mayWrite } from "board/cards"
import { openCardMenu } from "board/card-menu"
import { deleteCards } from "board/deleting"
import { focusCard, focusedCard, stepFrom } from "board/focus"
import { moveCards } from "board/moves"
import { openQuickAdd } from "board/quick-add"
import { clearSelection, toggleSelected, withSelected } from "board/selection"
import { editTitle } from "board/title-edit"
import { openField } from "tasks/opened-field"

const STEPS = {
  ArrowDown: { down: 1 },
  ArrowUp: { down: -1 },
  ArrowRight: { across: 1 },
  ArrowLeft: { across: -1 },
}
const LETTER_STEPS = { j: STEPS.ArrowDown, k: STEPS.ArrowUp }
// As in Linear: who, label, priority, day.
const FIELDS = { a: "assignees", p: "priority", d: "due", l: "labels" }

export function startKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || isField(event.target) || document.querySelector("dialog:modal, :popover-open")) return
    if (event.target !== document.body && !area.contains(event.target)) return
    const run = findAction(event, focusedCard())
    if (!run) return
    event.preventDefault()
    run()
  })
}

function findAction(event, card) {
  const { key, shiftKey, altKey, ctrlKey, metaKey } = event
  if (ctrlKey || metaKey) return null
  const step = STEPS[key]
  if (step && (shiftKey || altKey)) return card && mayWrite ? () => shift(card, step) : null
  if (step) return card || event.target === findBoard() ? () => focusCard(stepFrom(card, step)) : null
  if (key === "Escape") return clearSelection() ? () => {} : null
  if (key === "Delete" && card && mayWrite) return () => deleteCards(withSelected(card))
  for (const [letter, way] of Object.entries(LETTER_STEPS)) {
    if (isLetterKey(event, letter)) return () => focusCard(stepFrom(card, way))
  }
  return mayWrite ? findEdit(event, card) : null
}

function findEdit(event, card) {
  if (isLetterKey(event, "c")) return () => openQuickAdd()
  if (!card) return null
  if (isLetterKey(event, "e")) return () => editTitle(card)
  if (isLetterKey(event, "x")) return () => toggleSelected(card)
  if (isLetterKey(event, "m")) return () => openCardMenu(card)
  const field = Object.entries(FIELDS).find(([letter]) => isLetterKey(event, letter))
  return field ? () => openField(card.querySelector(".task__title"), field[1]) : null
}

// One place down or up; or into the next column, to about the same height.
function shift(card, { down, across }) {
  const cards = withSelected(card)
  const column = card.closest(".column")
  if (across) {
    const columns = listColumns()
    const next = columns[columns.indexOf(column) + across]
    const index = listCards(column).filter((each) => each === card || !cards.includes(each)).indexOf(card)
    if (next) moveCards(cards, next, listCards(next)[index] ?? null)
    return
  }
  const others = listCards(column).filter((each) => !cards.includes(each))
  const edge = down > 0 ? cards.at(-1) : cards[0]
  const index = others.findIndex((each) => edge.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING)
  const place = (index < 0 ? others.length : index) + down
  if (place >= 0 && place <= others.length) moveCards(cards, column, others[place] ?? null)
}
