// The description of a task: shown as it reads, edited as Markdown.
import { showForm } from "tasks/description-form"
import { saveTask } from "tasks/task-saving"

export function editDescription(details) {
  showForm(details, true)
  details.querySelector("#task-description").focus()
}

export function cancelDescription(details) {
  showForm(details, false)
  const field = details.querySelector("#task-description")
  field.value = field.defaultValue
  details.querySelector("[data-task-action=edit-description]").focus()
}

export async function saveDescription(details) {
  const { value } = details.querySelector("#task-description")
  if (await saveTask(details, { description: value })) {
    details.querySelector("#task-description").defaultValue = value
    cancelDescription(details)
  }
}
