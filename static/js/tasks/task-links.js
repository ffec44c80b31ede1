// Links to tasks, with what they are called and how far they are, kept current wherever they stand on the page.
import { connection } from "lib/connection"
import { CARD_TEXTS } from "tasks/card-words"

const STATUSES = {
  pending: CARD_TEXTS.taskPending,
  in_progress: CARD_TEXTS.taskInProgress,
  completed: CARD_TEXTS.taskDone,
}

// `task`: { id, key, title, status }
export function buildTaskLink(task, className = "task-link") {
  const link = Object.assign(document.createElement("a"), { className, href: `/tasks/${task.id}/` })
  link.dataset.task = task.id
  link.dataset.key = task.key
  const add = (tag, className, text = "") => {
    link.append(Object.assign(document.createElement(tag), { className, textContent: text }), " ")
  }
  add("span", "task-link__key", task.key)
  add("bdi", "task-link__title")
  add("span", "task-link__status")
  showTask(link, task)
  return link
}

export function followTasks() {
  connection.on("task.updated", ({ task }) => {
    for (const link of findLinks(task.id)) showTask(link, task)
  })
  connection.on("task.deleted", ({ task_id: id }) => {
    for (const link of findLinks(id)) removeLink(link)
  })
}

const findLinks = (id) => document.querySelectorAll(`a[data-task="${CSS.escape(id)}"]`)

// Of a card the status stands beside the link.
function showTask(link, { title, status }) {
  const find = (name) => link.querySelector(`.task-link__${name}`)
  link.dataset.status = status
  const titleElement = find("title") ?? link.querySelector("[data-title]")
  const statusElement = find("status") ?? link.parentElement.querySelector(".task-card__status")
  if (titleElement) titleElement.textContent = title
  if (statusElement) statusElement.textContent = STATUSES[status]
}

// What was written stays.
function removeLink(link) {
  if (link.matches(".task-link")) link.replaceWith(link.dataset.key)
  else link.closest(".message__task")?.remove()
}
