// Ask what a task shall be where others have changed the same field meanwhile, and send again what the user wants.
import { gettext, interpolate } from "lib/i18n"
import { loadChoices } from "tasks/choices"
import { formatDay } from "tasks/days"
import { describePriority, PRIORITIES } from "tasks/words"

const FIELD_NAMES = {
  title: () => gettext("Title"),
  column_id: () => gettext("Column"),
  priority: () => gettext("Priority"),
  assignee_ids: () => gettext("Assignees"),
  label_ids: () => gettext("Labels"),
  start_date: () => gettext("Start"),
  start_at: () => gettext("Start"),
  due_date: () => gettext("Due date"),
  due_at: () => gettext("Due date"),
  snoozed_until: () => gettext("Snooze until"),
}
const MAX_SHOWN = 6

export const isConflict = (error) => error.code === "fields_changed"

// `items`: [{ id, version, title, project, … }], `changes`: those of others, as the refusal has them. Resolves with the
// items to send again: all of them, over what the others have changed, or those alone that nobody else has.
export async function resolveConflict(items, changes) {
  if (await askForMine(items, changes)) {
    const versions = new Map(changes.map(({ task_id: id, version }) => [id, version]))
    return items.map((item) => ({ ...item, version: Math.max(item.version, versions.get(item.id) ?? 0) }))
  }
  return items.filter(({ id }) => !changes.some(({ task_id: contested }) => contested === id))
}

// Whoever leaves the dialog takes what others have chosen.
async function askForMine(items, changes) {
  const latest = [...new Map(changes.map((change) => [`${change.task_id} ${change.field}`, change])).values()]
  const lines = await Promise.all(latest.slice(0, MAX_SHOWN).map((change) => describe(items, change)))
  const more = latest.length - MAX_SHOWN
  if (more > 0) lines.push(interpolate(gettext("… and %(count)s more"), { count: more }))
  const dialog = document.getElementById("task-conflict")
  dialog.querySelector("[data-conflicts]").replaceChildren(...lines.map(buildLine))
  dialog.returnValue = ""
  dialog.showModal()
  return new Promise((resolve) =>
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "mine"), { once: true }))
}

async function describe(items, change) {
  const { title, project } = items.find(({ id }) => id === change.task_id)
  const text = gettext("“%(title)s”: %(name)s has set “%(field)s” to “%(value)s”.")
  return interpolate(text, {
    title,
    name: change.actor?.name ?? gettext("Somebody"),
    field: FIELD_NAMES[change.field]?.() ?? change.field,
    value: await describeValue(change, project),
  })
}

async function describeValue({ field, after }, project) {
  if (after === null || after === "" || after.length === 0) return gettext("nothing")
  if (field === "priority") return describePriority(PRIORITIES[after])
  if (field.endsWith("_date")) return formatDay(after)
  if (field.endsWith("_at") || field.endsWith("_until")) return new Date(after).toLocaleString()
  if (!field.endsWith("_id") && !field.endsWith("_ids")) return String(after)
  const { columns, labels, members } = await loadChoices(project)
  const names = new Map([...columns, ...labels, ...members].map(({ id, name }) => [id, name]))
  return [after].flat().map((id) => names.get(id) ?? "…").join(", ")
}

function buildLine(textContent) {
  return Object.assign(document.createElement("li"), { textContent, dir: "auto" })
}
