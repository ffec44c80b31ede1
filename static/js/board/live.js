// Keep the board up to date: what others change comes over the socket as news, and as HTML from the server, which knows
// what the filters leave out. After a lost connection all changes since are asked for.
import { fetchFragment, readText } from "lib/api"
import { connection } from "lib/connection"
import { RequestRefused } from "lib/errors"
import { showAsHere } from "navigation/page-parts"
import { whenFree } from "board/busy"
import { area, findBoard, findCard, parseCards, placeCard, projectId, updateCounts } from "board/cards"
import { focusCard, focusedCard, focusNeighbour, settleTabStops } from "board/focus"
import { refreshBoard, refreshBoardSoon } from "board/refresh"
import { show } from "board/selection"

// Of many changes at once, most come in one answer.
const GATHERING = 60
// What the browser says of a card.
const KEPT = ["data-selected", "data-active", "data-stop"]
let named = new Set()
let timer = 0
let running = null

export function startLive() {
  for (const type of ["task.created", "task.updated", "task.deleted"]) {
    connection.on(type, ({ project, task, task_id: id }) => project === projectId && fetchChangesSoon([task?.id ?? id]))
  }
  connection.on("tasks.spread", ({ project }) => project === projectId && refreshBoard().catch(() => {}))
  for (const type of ["column.saved", "columns.spread", "column.deleted", "label.saved", "label.deleted"]) {
    connection.on(type, (event) => findProject(event) === projectId && refreshBoardSoon())
  }
  connection.on("room.removed", ({ room }) => room === projectId && location.reload())
  connection.on("welcome", () => fetchChangesSoon([]))
}

const findProject = ({ project, column, label }) => project ?? (column ?? label).project_id

export function fetchChangesSoon(ids) {
  for (const id of ids) named.add(id)
  timer ||= setTimeout(() => {
    timer = 0
    running = (running ?? Promise.resolve()).then(fetchChanges)
  }, GATHERING)
}

async function fetchChanges() {
  const ids = named
  named = new Set()
  const { search } = location
  const query = new URLSearchParams(search)
  query.set("since", findBoard().dataset.version)
  for (const id of ids) query.append("id", id)
  try {
    const html = await readText(await fetchFragment(`${area.dataset.changesUrl}?${query}`))
    await whenFree()
    // Other filters have been chosen meanwhile, and the board is loaded anew.
    if (location.search === search) apply(parseCards(html))
  } catch (error) {
    if (error instanceof RequestRefused && error.status === 404) return location.reload()
    // The next welcome asks for all that was missed.
    for (const id of ids) named.add(id)
  }
}

function apply(changes) {
  const board = findBoard()
  if (Number(changes.dataset.version) < Number(board.dataset.version)) return
  for (const id of changes.dataset.gone.split(" ").filter(Boolean)) removeCard(findCard(id))
  for (const card of [...changes.children]) showCard(card)
  board.dataset.version = changes.dataset.version
  if (area.querySelector(".task[data-task]")) area.querySelector(".board__note")?.remove()
  settleTabStops()
  updateCounts()
  show()
}

function removeCard(card) {
  if (card && card === focusedCard()) focusNeighbour(card)
  card?.remove()
}

function showCard(card) {
  const former = findCard(card.dataset.task)
  if (former && isNewer(former, card)) return
  const isFocused = former && former === focusedCard()
  if (former) {
    for (const name of KEPT) card.toggleAttribute(name, former.hasAttribute(name))
    former.replaceWith(card)
  }
  area.querySelector(`[data-pending="${card.dataset.task}"]`)?.remove()
  showAsHere(card)
  placeCard(card)
  if (isFocused) focusCard(card)
}

// Also one whose title is being edited stays as it is.
function isNewer(former, card) {
  return former.querySelector("input, textarea") || Number(former.dataset.version) > Number(card.dataset.version)
}
