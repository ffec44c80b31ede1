// Make a task of a message: in the project of its room, else in one that the user chooses.
import { requestJson } from "lib/api"
import { gettext, interpolate } from "lib/i18n"
import { showErrorToast, showToast } from "lib/toast"
import { openMessageDialog } from "messages/message-dialog"
import { showTaskOf } from "tasks/references"
import { currentUser } from "users/current-user"

export async function createTask(id, room, excerpt) {
  try {
    const { project_id: project } = await requestJson("GET", `/rooms/${room}`)
    if (!project) return await chooseProject(id, excerpt)
    const { text, action } = await send(id, {})
    showToast(text, action)
  } catch (error) {
    showErrorToast(gettext("No task was created."), error)
  }
}

async function chooseProject(id, excerpt) {
  const listed = requestJson("GET", `/orgs/${currentUser.slug}/projects?limit=200`)
  const { items } = await listed.catch(() => ({ items: [] }))
  const own = items.filter(({ role }) => role)
  if (!own.length) return showToast(gettext("You are in no project that the task could belong to."))
  const dialog = document.getElementById("task-of-message")
  const [select, field] = [dialog.querySelector("select"), dialog.querySelector("input")]
  select.replaceChildren(...own.map((project) => new Option(project.name, project.id)))
  field.value = excerpt.replace(/\s+/g, " ").slice(0, field.maxLength)
  openMessageDialog(dialog, excerpt, () => {
    return send(id, { project_id: select.value, title: field.value.trim() || null })
  })
  field.focus()
}

async function send(id, body) {
  const task = await requestJson("POST", `/messages/${id}/task`, body)
  showTaskOf(id, task)
  const text = interpolate(gettext("%(key)s: %(title)s"), { key: task.key, title: task.title })
  return { text, action: { label: gettext("Open task"), run: () => location.assign(`/tasks/${task.id}/`) } }
}
