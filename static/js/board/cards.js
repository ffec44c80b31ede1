// The cards of the board in their columns: find them, and put them where they belong.
export const area = document.getElementById("board")
export const projectId = area.dataset.project
export const mayWrite = area.hasAttribute("data-may-write")

export const findBoard = () => area.querySelector(".board")
export const findCard = (id) => area.querySelector(`.task[data-task="${CSS.escape(id)}"]`)
export const findColumn = (id) => area.querySelector(`.column[data-column="${CSS.escape(id)}"]`)
export const listColumns = () => [...area.querySelectorAll(".column")]
export const listCards = (column) => [...column.querySelector(".column__cards").children]
export const readTitle = (card) => card.querySelector(".task__title").textContent
export const readName = (column) => column.querySelector("h2").textContent

// A card of the server, as an element.
export function parseCards(html) {
  const template = document.createElement("template")
  template.innerHTML = html
  return template.content.firstElementChild
}

// Puts a card into its column, in the order of positions, which are compared by bytes; of equal ones the id decides.
export function placeCard(card) {
  const column = findColumn(card.dataset.column)
  if (!column) return card.remove()
  const others = listCards(column).filter((each) => each !== card)
  let low = 0
  let high = others.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (isBefore(others[middle], card)) low = middle + 1
    else high = middle
  }
  const next = others[low] ?? null
  const list = column.querySelector(".column__cards")
  if (card.parentElement !== list || card.nextElementSibling !== next) list.insertBefore(card, next)
}

export function updateCounts() {
  for (const column of listColumns()) {
    column.querySelector("[data-count]").textContent = column.querySelector(".column__cards").childElementCount
  }
}

// In the order in which the board shows them.
export function sortCards(cards) {
  return [...cards].sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1))
}

function isBefore(a, b) {
  const { position, task } = a.dataset
  return position === b.dataset.position ? task < b.dataset.task : position < b.dataset.position
}
