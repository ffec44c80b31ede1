// Forms of their own in the details of a task, beside the fields of the task itself: one that is being filled in goes
// on in what is shown next.
export const OWN_FORM = "[data-task-form]:not([data-task-form=description])"

export const markTyped = (field) => field.closest(OWN_FORM)?.setAttribute("data-typed", "")

export function keepForms(details, fresh) {
  for (const form of details.querySelectorAll("[data-typed]")) {
    fresh.querySelector(`[data-task-form=${form.dataset.taskForm}]`)?.replaceWith(form)
  }
}
