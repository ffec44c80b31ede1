// Save changes of tasks, tell the page, and offer to take them back.
import { requestJson } from "lib/api"
import { gettext, interpolate, ngettext } from "lib/i18n"
import { showErrorToast, showToast } from "lib/toast"
import { showTasks } from "task-lists/refresh"
import { readFields, readTitle } from "task-lists/rows"
import { isConflict, resolveConflict } from "tasks/conflicts"

// REST takes no more in one call.
const MAX_BULK = 500

// `changeOf` returns the fields that a row's task gets, or null where it stays as it is. Rows may be of several
// projects. Resolves with whether all is saved; what could not be is told.
export async function saveChanges(rows, changeOf) {
  const items = rows.map((row) => buildItem(row, changeOf(row))).filter(({ fields }) => fields)
  if (!items.length) return true
  let saved
  try {
    saved = await sendItems(items)
  } catch (error) {
    showErrorToast(gettext("Not saved."), error)
    return false
  } finally {
    await show(items)
  }
  if (saved.length) offerUndoOf(saved)
  return saved.length === items.length
}

function buildItem(row, fields) {
  const { task, project, version } = row.dataset
  const before = fields && readBefore(row, fields)
  return { id: task, project, version: Number(version), title: readTitle(row), fields, before }
}

function offerUndoOf(saved) {
  const words = ngettext("%(count)s task changed.", "%(count)s tasks changed.", saved.length)
  offerUndo(interpolate(words, { count: saved.length }), async () => {
    await sendItems(saved.map((item) => ({ ...item, fields: item.before })))
    await show(saved)
  })
}

export async function deleteTasks(rows) {
  const groups = [...Map.groupBy(rows, ({ dataset }) => dataset.project)]
  try {
    for (const [project, members] of groups) {
      for (const part of split(members)) {
        const body = { task_ids: part.map(({ dataset }) => dataset.task) }
        await requestJson("POST", `/projects/${project}/tasks/delete`, body, { timeout: 60_000 })
      }
    }
  } catch (error) {
    showErrorToast(gettext("Not deleted."), error)
    return
  } finally {
    await showRows(rows)
  }
  const words = ngettext("%(count)s task deleted.", "%(count)s tasks deleted.", rows.length)
  offerUndo(interpolate(words, { count: rows.length }), async () => {
    for (const { dataset } of rows) await requestJson("POST", `/tasks/${dataset.task}/restore`)
    await showRows(rows)
  })
}

const showRows = (rows) => showTasks(rows.map(({ dataset }) => dataset.task))
const show = (items) => showTasks(items.map(({ id }) => id))

// Resolves with those that are saved, in their new versions.
async function sendItems(items) {
  const saved = []
  for (const members of Map.groupBy(items, ({ project }) => project).values()) {
    for (const part of split(members)) saved.push(...(await sendPart(part)))
  }
  return saved
}

// Tasks of one project, all or none of them.
async function sendPart(items) {
  if (!items.length) return []
  try {
    const versions = items.length === 1 ? await sendOne(items[0]) : await sendMany(items)
    return items.map((item, index) => ({ ...item, version: versions[index] }))
  } catch (error) {
    if (!isConflict(error)) throw error
    return sendPart(await resolveConflict(items, error.members.changes))
  }
}

async function sendOne({ id, version, fields }) {
  const saved = await requestJson("PATCH", `/tasks/${id}`, { version, ...fields })
  return [saved.version]
}

async function sendMany(items) {
  const body = { items: items.map(({ id, version, fields }) => ({ id, version, ...fields })) }
  const saved = await requestJson("POST", `/projects/${items[0].project}/tasks/bulk`, body, { timeout: 60_000 })
  return saved.items.map(({ version }) => version)
}

// A day alone would take the time of day away.
function readBefore(row, fields) {
  const names = "due_date" in fields ? [...Object.keys(fields), "due_at"] : Object.keys(fields)
  const { due_at: dueAt, ...before } = readFields(row, names)
  return dueAt ? { ...before, due_at: dueAt } : before
}

function offerUndo(text, undo) {
  const run = () => undo().catch((error) => showErrorToast(gettext("That could not be undone."), error))
  showToast(text, { label: gettext("Undo"), run })
}

function split(entries) {
  return Array.from({ length: Math.ceil(entries.length / MAX_BULK) }, (_, index) =>
    entries.slice(index * MAX_BULK, (index + 1) * MAX_BULK))
}
