// The rows of a project's list: those of tasks that have changed are fetched, and put where they belong by now.
import { fetchRows, readText } from "lib/api"
import { showAsHere } from "navigation/page-parts"
import { findRow, listRows } from "task-lists/rows"

// As many as the server answers for at once.
const MAX_IDS = 200

export async function refreshRows(ids) {
  const list = document.querySelector("[data-task-list]")
  for (let start = 0; start < ids.length; start += MAX_IDS) await refreshSome(list, ids.slice(start, start + MAX_IDS))
}

async function refreshSome(list, ids) {
  const url = new URL(location.href)
  for (const id of ids) url.searchParams.append("id", id)
  const html = await readText(await fetchRows(url))
  const fresh = new DOMParser().parseFromString(`<ul>${html}</ul>`, "text/html")
  showAsHere(fresh)
  const rows = new Map(listRows(fresh).map((row) => [row.dataset.task, row]))
  for (const id of ids) showRow(list, findRow(id), rows.get(id))
  document.querySelector("[data-empty]").hidden = listRows(list).length > 0
  list.dispatchEvent(new Event("rows-changed"))
}

// What doesn't belong in the list any more leaves it.
function showRow(list, former, row) {
  if (!row) return former && removeRow(list, former)
  const focus = former?.contains(document.activeElement) && identify(document.activeElement)
  const isEdited = former?.querySelector("[data-title-input]")
  if (isEdited) return
  if (former) keepState(former, row)
  const fresh = document.importNode(row, true)
  if (former && hasSamePlace(former, fresh)) former.replaceWith(fresh)
  else {
    if (former) removeRow(list, former)
    insertRow(list, fresh)
  }
  if (focus) (focus === "row" ? fresh : fresh.querySelector(`[data-edits="${focus}"]`) ?? fresh).focus()
}

const identify = (element) => element.dataset.edits ?? "row"

const hasSamePlace = ({ dataset: a }, { dataset: b }) => a.group === b.group && a.key === b.key

function keepState(former, row) {
  row.tabIndex = former.tabIndex
  const box = former.querySelector("[data-selects]")
  if (box?.checked) row.querySelector("[data-selects]").setAttribute("checked", "")
}

function removeRow(list, row) {
  countGroup(list, row.dataset.group, -1)
  const next = row.nextElementSibling
  const heading = row.previousElementSibling
  row.remove()
  if (heading?.dataset.heading && !next?.dataset.task) heading.remove()
}

// Before the first one behind it; behind the last row only where no others follow on the server.
function insertRow(list, row) {
  const rows = listRows(list)
  const isDescending = "descending" in list.dataset
  const next = rows.find((each) => compareRows(row, each, isDescending) < 0)
  const more = list.querySelector(":scope > .rows__more")
  if (!next && more) return
  const isSameGroup = (each) => each && each.dataset.group === row.dataset.group
  const previous = next ? rows[rows.indexOf(next) - 1] : rows.at(-1)
  if (isSameGroup(previous)) previous.after(row)
  else if (isSameGroup(next)) next.before(row)
  else {
    const heading = next?.previousElementSibling?.dataset.heading ? next.previousElementSibling : next
    const own = buildHeading(row)
    list.insertBefore(row, heading ?? null)
    if (own) row.before(own)
  }
  countGroup(list, row.dataset.group, 1)
}

function compareRows({ dataset: a }, { dataset: b }, isDescending) {
  if (a.group !== b.group) return a.group < b.group ? -1 : 1
  const order = a.key === b.key ? compareTexts(a.task, b.task) : compareTexts(a.key, b.key)
  return isDescending ? -order : order
}

const compareTexts = (a, b) => (a < b ? -1 : 1)

function buildHeading({ dataset }) {
  if (!dataset.groupName) return null
  const heading = document.getElementById("task-group").content.firstElementChild.cloneNode(true)
  heading.dataset.heading = dataset.group
  heading.querySelector("h2").textContent = dataset.groupName
  heading.querySelector("[data-count]").textContent = 0
  return heading
}

function countGroup(list, group, step) {
  const heading = [...list.querySelectorAll("[data-heading]")].find(({ dataset }) => dataset.heading === group)
  const count = heading?.querySelector("[data-count]")
  if (count?.textContent) count.textContent = Number(count.textContent) + step
}
