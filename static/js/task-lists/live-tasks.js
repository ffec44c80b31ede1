// Tasks that others change are shown as they are now, a few moments' worth at once.
import { connection } from "lib/connection"
import { findRow } from "task-lists/rows"
import { showTasks } from "task-lists/refresh"

const PAUSE = 200
const GONE = { version: Infinity, assignees: [] }
const waiting = new Set()
let timer = 0

// `isShown` tells whether the page shows a task, or has to; after a lost connection `reload` shows the page anew.
export function followTasks({ isShown, reload }) {
  const follow = (project, id, task) => {
    if (!isShown(project, id, task) || Number(findRow(id)?.dataset.version) >= task.version) return
    waiting.add(id)
    clearTimeout(timer)
    timer = setTimeout(show, PAUSE)
  }
  for (const type of ["task.created", "task.updated"]) {
    connection.on(type, ({ project, task }) => follow(project, task.id, task))
  }
  connection.on("task.deleted", ({ project, task_id: id }) => follow(project, id, GONE))
  let isMissing = false
  connection.addEventListener("down", () => (isMissing = true))
  connection.addEventListener("up", () => {
    if (isMissing) reload().catch(() => {})
    isMissing = false
  })
}

function show() {
  const ids = [...waiting]
  waiting.clear()
  showTasks(ids)
}
