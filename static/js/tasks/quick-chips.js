// Show what the server understands of a line while it is typed.
import { requestJson } from "lib/api"
import { locale } from "lib/i18n"
import { formatDuration } from "tasks/durations"
import { describePriority } from "tasks/words"

const TYPING_PAUSE = 200
// Without any of them there is nothing to understand but a title.
const SIGNS = /[#@!~]|\d|\p{L}{5,}/u
const dayFormat = new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric", month: "short" })

// `read` returns { project, text }: where the task would be added, and what would be sent.
export function followChips(field, box, read) {
  let timer = 0
  field.form.addEventListener("input", () => {
    clearTimeout(timer)
    if (!SIGNS.test(field.value)) return box.replaceChildren()
    timer = setTimeout(() => showChips(field, box, read()), TYPING_PAUSE)
  })
}

async function showChips(field, box, { project, text }) {
  const typed = field.value.trim()
  if (!typed) return box.replaceChildren()
  const path = `/projects/${project}/tasks/quick?${new URLSearchParams({ text })}`
  // Without an answer there are no chips; adding it tells what is wrong.
  const read = await requestJson("GET", path).catch(() => null)
  if (read && field.value.trim() === typed) box.replaceChildren(...describe(read).map(buildChip))
}

function describe({ labels, assignees, priority, due_date: day, due_time: time, estimate }) {
  return [
    ...labels.map(({ name }) => name),
    ...assignees.map(({ name }) => name),
    priority && describePriority(priority),
    day && [dayFormat.format(new Date(`${day}T12:00`)), time].filter(Boolean).join(", "),
    estimate && formatDuration(estimate),
  ].filter(Boolean)
}

const buildChip = (text) => Object.assign(document.createElement("span"), { className: "badge", textContent: text })
