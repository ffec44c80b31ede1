// Show the board as the server has it now: after its filters have changed, or all places in a column.
import { refreshParts } from "navigation/page-parts"
import { whenFree } from "board/busy"
import { area, findBoard, findCard, findColumn, listColumns } from "board/cards"
import { focusCard, focusedCard, settleTabStops } from "board/focus"
import { listSelectedIds, selectCards } from "board/selection"

// Of several changes at once, most are shown at once.
const GATHERING = 80
let timer = 0

export function refreshBoardSoon() {
  clearTimeout(timer)
  // The next event, or the next welcome, tries again.
  timer = setTimeout(() => refreshBoard().catch(() => {}), GATHERING)
}

export async function refreshBoard() {
  await whenFree()
  const line = area.querySelector(".quick-add")
  const lineColumn = line?.closest(".column").dataset.column
  const wasTyping = line?.contains(document.activeElement)
  const focused = focusedCard()?.dataset.task
  const selected = listSelectedIds()
  const { scrollLeft } = findBoard()
  const heights = new Map(listColumns().map((each) => [each.dataset.column, readList(each).scrollTop]))
  await refreshParts()
  settleTabStops()
  if (line) keepLine(line, findColumn(lineColumn) ?? listColumns()[0], wasTyping)
  findBoard().scrollLeft = scrollLeft
  for (const column of listColumns()) readList(column).scrollTop = heights.get(column.dataset.column) ?? 0
  selectCards(selected.map(findCard).filter(Boolean))
  if (focused && document.activeElement === document.body) focusCard(findCard(focused))
}

const readList = (column) => column.querySelector(".column__cards")

// What is typed stays, in another column where its own is gone.
function keepLine(line, column, wasTyping) {
  readList(column).after(line)
  if (wasTyping) line.elements.text.focus()
}
