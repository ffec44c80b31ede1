// Rows of tasks: what they say, as REST has it.
import { PRIORITIES } from "tasks/words"

export const listRows = (root = document) => [...root.querySelectorAll("li[data-task]")]

export const findRow = (id) => document.querySelector(`li[data-task="${CSS.escape(id)}"]`)

// `fields`: those that are wanted, by the names that REST gives them.
export function readFields(row, fields) {
  return Object.fromEntries(fields.map((name) => [name, READERS[name](row)]))
}

export const readIds = (text) => text.split(" ").filter(Boolean)

const READERS = {
  title: (row) => readTitle(row),
  column_id: ({ dataset }) => dataset.column || null,
  priority: ({ dataset }) => PRIORITIES[dataset.priority],
  due_date: ({ dataset }) => dataset.due || null,
  start_date: ({ dataset }) => dataset.start || null,
  due_at: ({ dataset }) => dataset.dueAt || null,
  snoozed_until: ({ dataset }) => dataset.snoozed || null,
  assignee_ids: ({ dataset }) => readIds(dataset.assignees),
  label_ids: ({ dataset }) => readIds(dataset.labels),
}

export const readTitle = (row) => row.querySelector("[data-title]").textContent
