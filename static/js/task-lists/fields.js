// The fields of tasks that a menu changes: what it offers for some rows, and what a choice makes of each of them.
// An option is { words, hint, sign, isChosen, change, opensDay }: `change` returns the fields that a row's task gets.
import { gettext } from "lib/i18n"
import { loadChoices } from "tasks/choices"
import { computeMoment, listDueDays, listSnoozeTimes } from "tasks/days"
import { readFields, readIds } from "task-lists/rows"

const PRIORITY_NAMES = () => [
  ["urgent", gettext("Urgent"), 4],
  ["high", gettext("High"), 3],
  ["medium", gettext("Medium"), 2],
  ["low", gettext("Low"), 1],
  ["none", gettext("No priority"), 0],
]

// By the name of the field: its name in words, and what resolves with its options.
export const FIELDS = {
  status: { label: () => gettext("Column"), list: listColumns },
  priority: { label: () => gettext("Priority"), list: listPriorities },
  assignees: { label: () => gettext("Assignees"), list: listMembers, isMultiple: true },
  labels: { label: () => gettext("Labels"), list: listLabels, isMultiple: true },
  due: { label: () => gettext("Due date"), list: listDues, dayOf: (day) => ({ due_date: day }) },
  snooze: {
    label: () => gettext("Snooze until"),
    list: listSnoozes,
    dayOf: (day) => ({ snoozed_until: computeMoment(day) }),
  },
}

async function listColumns(rows) {
  const { columns } = await loadChoices(rows[0].dataset.project)
  return columns.map(({ id, name, status }) =>
    buildOption(rows, name, "column_id", id, { sign: `status-${status}` }))
}

async function listPriorities(rows) {
  return PRIORITY_NAMES().map(([name, words, number]) =>
    buildOption(rows, words, "priority", name, { sign: `priority-${number}` }))
}

async function listMembers(rows) {
  const { members } = await loadChoices(rows[0].dataset.project)
  return members.map(({ id, name }) => buildToggle(rows, name, "assignee_ids", "assignees", id))
}

async function listLabels(rows) {
  const { labels } = await loadChoices(rows[0].dataset.project)
  return labels.map(({ id, name, color }) => buildToggle(rows, name, "label_ids", "labels", id, { color }))
}

async function listDues(rows) {
  const days = listDueDays().map(({ words, hint, value }) => buildOption(rows, words, "due_date", value, { hint }))
  return [...days, { words: gettext("Choose a day…"), opensDay: true }]
}

async function listSnoozes(rows) {
  const times = listSnoozeTimes().map(({ words, hint, value }) =>
    ({ words, hint, change: () => ({ snoozed_until: value }) }))
  const isSnoozed = rows.some(({ dataset }) => new Date(dataset.snoozed) > new Date())
  const end = { words: gettext("Wake it up"), change: () => ({ snoozed_until: null }) }
  return [...times, ...(isSnoozed ? [end] : []), { words: gettext("Choose a day…"), opensDay: true }]
}

function buildOption(rows, words, field, value, more) {
  const isChosen = rows.every((row) => readFields(row, [field])[field] === value)
  return { words, isChosen, change: () => ({ [field]: value }), ...more }
}

// Chosen for all of them, it is taken away, else added to those that lack it.
function buildToggle(rows, words, field, data, id, more) {
  const isChosen = rows.every(({ dataset }) => readIds(dataset[data]).includes(id))
  const change = ({ dataset }) => {
    const ids = readIds(dataset[data])
    if (isChosen) return { [field]: ids.filter((each) => each !== id) }
    return ids.includes(id) ? null : { [field]: [...ids, id] }
  }
  return { words, isChosen, change, ...more }
}
