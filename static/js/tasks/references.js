// Show tasks in messages: what is written as `ATR-12` becomes a link with title and status, and a message tells of the
// task that was made of it. One request asks for all that has come; what the reader may not see stays as it is written.
import { requestJson } from "lib/api"
import { connection } from "lib/connection"
import { buildTaskLink, followTasks } from "tasks/task-links"
import { currentUser } from "users/current-user"

const KEY = /(?<![\p{L}\p{N}_/.#&-])[A-Z][A-Z0-9]{1,5}-[1-9][0-9]{0,17}(?![\p{L}\p{N}_-])/gu
const EXCEPT = "a, code, pre, .mention, .task-card"
const PAUSE = 60
const MAX_ASKED = 100

// By key, and by the message that they were made of: tasks, null where there is none to see.
const byKey = new Map()
const byMessage = new Map()
let waiting = new Map()
let timer = 0

// `keepPlace` changes the feed by a function, so that the reader's place stays.
export function showTasks(item, keepPlace) {
  const keys = findKeys(item)
  const { id } = item.dataset
  const isKnown = keys.every((key) => byKey.has(key)) && (byMessage.has(id) || !hasProjects())
  if (isKnown) return draw(item, keys)
  waiting.set(item, { keys, keepPlace })
  timer ||= setTimeout(ask, PAUSE)
}

// A task has just been made of a message.
export function showTaskOf(messageId, task) {
  byMessage.set(messageId, task)
  for (const item of document.querySelectorAll(`.feed__item[data-id="${CSS.escape(messageId)}"]`)) drawChip(item, task)
}

followTasks()
connection.on("task.created", ({ task }) => task.message_id && showTaskOf(task.message_id, task))

// Without any, no message became a task.
const hasProjects = () => document.querySelector("#sidebar [href^='/projects/']") !== null

async function ask() {
  timer = 0
  const items = [...waiting].slice(0, MAX_ASKED)
  for (const [item] of items) waiting.delete(item)
  if (waiting.size) timer = setTimeout(ask, PAUSE)
  const keys = [...new Set(items.flatMap(([, asked]) => asked.keys))].filter((key) => !byKey.has(key))
  const ids = hasProjects() ? items.map(([{ dataset }]) => dataset.id).filter((id) => !byMessage.has(id)) : []
  if (keys.length || ids.length) await load(keys.slice(0, 2 * MAX_ASKED), ids)
  for (const [item, { keys: found, keepPlace }] of items) keepPlace(() => draw(item, found))
}

async function load(keys, ids) {
  const query = new URLSearchParams({ keys: keys.join(","), message_ids: ids.join(",") })
  try {
    const { items } = await requestJson("GET", `/orgs/${currentUser.slug}/task-references?${query}`)
    for (const key of keys) byKey.set(key, null)
    for (const id of ids) if (!byMessage.get(id)) byMessage.set(id, null)
    for (const task of items) {
      byKey.set(task.key, task)
      if (task.message_id) byMessage.set(task.message_id, task)
    }
  } catch {
    // It is asked for again with the next page.
  }
}

function draw(item, keys) {
  if (keys.some((key) => byKey.get(key))) for (const text of listTexts(item)) linkKeys(text)
  const task = byMessage.get(item.dataset.id)
  if (task) drawChip(item, task)
}

function drawChip(item, task) {
  if (item.querySelector(".message__task") || !item.querySelector(".message__body")) return
  const line = Object.assign(document.createElement("p"), { className: "message__task" })
  line.append(buildTaskLink(task, "task-chip"))
  item.querySelector(".message__body").after(line)
}

const findKeys = (item) => [...new Set(listTexts(item).flatMap(({ data }) => data.match(KEY) ?? []))]

function listTexts(item) {
  const body = item.querySelector(".message__body")
  const walker = body && document.createTreeWalker(body, NodeFilter.SHOW_TEXT)
  const texts = []
  while (walker?.nextNode()) if (/[A-Z]-[1-9]|[0-9]-[1-9]/.test(walker.currentNode.data)) texts.push(walker.currentNode)
  return texts.filter((text) => !text.parentElement.closest(EXCEPT))
}

function linkKeys(text) {
  const parts = []
  let end = 0
  for (const { 0: key, index } of text.data.matchAll(KEY)) {
    if (!byKey.get(key)) continue
    parts.push(text.data.slice(end, index), buildTaskLink(byKey.get(key)))
    end = index + key.length
  }
  if (parts.length) text.replaceWith(...parts, text.data.slice(end))
}
