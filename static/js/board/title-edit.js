// Edit the title of a task on its card.
import { requestJson } from "lib/api"
import { gettext } from "lib/i18n"
import { isComposing } from "lib/keys"
import { showErrorToast } from "lib/toast"
import { holdChanges } from "board/busy"
import { projectId } from "board/cards"
import { focusCard } from "board/focus"
import { fetchChangesSoon } from "board/live"
import { isConflict, resolveConflict } from "tasks/conflicts"

export function editTitle(card) {
  const link = card.querySelector(".task__title")
  if (!link || link.hidden) return
  const field = Object.assign(document.createElement("textarea"), { className: "input task__field", rows: 2 })
  field.value = link.textContent
  field.maxLength = 250
  field.dir = "auto"
  field.setAttribute("aria-label", gettext("Title"))
  link.hidden = true
  link.before(field)
  field.focus()
  field.select()
  const release = holdChanges()
  let hasEnded = false
  const end = (saves) => {
    // Taken away, it loses the focus.
    if (hasEnded) return
    hasEnded = true
    release()
    const title = field.value.trim().replace(/\s+/g, " ")
    const hadFocus = document.activeElement === field
    link.hidden = false
    field.remove()
    if (hadFocus) focusCard(card)
    if (saves && title && title !== link.textContent) save(card, link, title)
    else fetchChangesSoon([card.dataset.task])
  }
  field.addEventListener("keydown", (event) => {
    if (isComposing(event) || !["Enter", "Escape"].includes(event.key)) return
    event.preventDefault()
    event.stopPropagation()
    end(event.key === "Enter")
  })
  field.addEventListener("blur", () => end(true))
}

async function save(card, link, title) {
  const before = link.textContent
  const { task: id, version } = card.dataset
  link.textContent = title
  try {
    await send({ id, title, version: Number(version), project: projectId })
  } catch (error) {
    link.textContent = before
    showErrorToast(gettext("Not saved."), error)
  }
  fetchChangesSoon([id])
}

async function send({ id, title, version, project }) {
  try {
    await requestJson("PATCH", `/tasks/${id}`, { title, version })
  } catch (error) {
    if (!isConflict(error)) throw error
    const [item] = await resolveConflict([{ id, title, version, project }], error.members.changes)
    if (item) await send(item)
  }
}
