// Where cards that are dragged would be dropped: the column under the pointer, and the card they would stand above.
import { listCards, listColumns } from "board/cards"

// Between two cards.
const HALF_GAP = 4

export class DropPlace {
  column = null
  before = null
  #line = Object.assign(document.createElement("div"), { className: "drop-line" })
  #dragged

  constructor(dragged) {
    this.#dragged = dragged
    document.body.append(this.#line)
  }

  show(x, y) {
    const column = findColumnAt(x)
    if (this.column !== column) {
      this.column?.removeAttribute("data-drop")
      column?.setAttribute("data-drop", "")
      this.column = column
    }
    this.#line.hidden = !column
    if (!column) return
    const cards = listCards(column).filter((each) => !this.#dragged.includes(each))
    const index = findIndexAt(cards, y)
    this.before = cards[index] ?? null
    this.#drawLine(column, cards, index)
  }

  hide() {
    this.#line.remove()
    this.column?.removeAttribute("data-drop")
  }

  #drawLine(column, cards, index) {
    const list = column.querySelector(".column__cards").getBoundingClientRect()
    const next = cards[index]?.getBoundingClientRect()
    const last = cards[index - 1]?.getBoundingClientRect()
    const top = next ? next.top - HALF_GAP : last ? last.bottom + HALF_GAP : list.top + HALF_GAP
    const { style } = this.#line
    style.transform = `translate(${list.left}px, ${Math.min(Math.max(top, list.top), list.bottom + HALF_GAP)}px)`
    style.inlineSize = `${list.width}px`
  }
}

// Also above and below it, and beside the outermost.
function findColumnAt(x) {
  const columns = listColumns()
  return columns.find((each) => x < each.getBoundingClientRect().right) ?? columns.at(-1) ?? null
}

// The first whose middle is below; cards stand in order, so that few of a thousand have to be measured.
function findIndexAt(cards, y) {
  let low = 0
  let high = cards.length
  while (low < high) {
    const middle = (low + high) >> 1
    const { top, height } = cards[middle].getBoundingClientRect()
    if (top + height / 2 < y) low = middle + 1
    else high = middle
  }
  return low
}
