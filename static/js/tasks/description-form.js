// Whether the description of a task is shown as it reads, or edited.
export function showForm(details, isEdited) {
  details.querySelector("[data-task-form=description]").hidden = !isEdited
  details.querySelector("[data-description]").hidden = isEdited
  details.querySelector("[data-task-action=edit-description]").hidden = isEdited
}
