// <task-details>: a task in the panel or on its page. Each field is saved as soon as it is changed; what others change
// meanwhile shows up.
import { connection } from "lib/connection"
import { OWN_FORM, markTyped } from "tasks/kept-forms"
import { takeWantedField } from "tasks/opened-field"
import { startTaskSearch } from "tasks/relations"
import { completeSubtask } from "tasks/subtasks"
import { ACTIONS, FORMS } from "tasks/task-actions"
import { readChange } from "tasks/task-fields"
import { handleKey } from "tasks/task-keys"
import { refreshDetails, showGone } from "tasks/task-refresh"
import { saveTask } from "tasks/task-saving"
import { toggleWatcher } from "tasks/watching"
import "elements/running-clock"
import "elements/task-uploads"

const FIELDS = {
  assignees: "#task-assignees",
  labels: "#task-labels",
  priority: "#task-priority",
  due: "#task-due",
}

// Saved as they are left: a field that was put back with what was typed in it tells of no change.
const TYPED = "#task-title, #task-estimate"
const isTyped = (field) => field.matches(TYPED) && field.value !== field.defaultValue

class TaskDetails extends HTMLElement {
  #listening = null

  connectedCallback() {
    this.#listening = new AbortController()
    const { signal } = this.#listening
    this.#followConnection(signal)
    import("elements/task-comments")
    this.addEventListener("change", (event) => this.#handleChange(event), { signal })
    this.addEventListener("focusout", ({ target }) => isTyped(target) && this.#saveField(target), { signal })
    this.addEventListener("click", (event) => this.#handleClick(event), { signal })
    this.addEventListener("input", ({ target }) => markTyped(target), { signal })
    this.addEventListener("focusin", ({ target }) => this.#handleFocus(target), { signal })
    this.addEventListener("submit", (event) => this.#handleSubmit(event), { signal })
    this.addEventListener("keydown", (event) => handleKey(this, event), { signal })
    document.addEventListener("click", ({ target }) => this.#closePickers(target), { signal })
    // The panel focuses its close button first.
    setTimeout(() => this.#focusField(FIELDS[takeWantedField()]))
  }

  disconnectedCallback() {
    this.#listening.abort()
  }

  get taskId() { return this.dataset.task }

  #followConnection(signal) {
    const isOwn = ({ project, task, task_id: id }) =>
      project === this.dataset.project && [task?.id, task?.parent_id, id].includes(this.taskId)
    for (const type of ["task.created", "task.updated", "task.deleted", "task.touched"]) {
      connection.on(type, (frame) => isOwn(frame) && this.#refreshUnlessKnown(frame), { signal })
    }
    let wasWelcomed = connection.isUp
    const handleWelcome = () => {
      if (wasWelcomed) refreshDetails(this)
      wasWelcomed = true
    }
    connection.addEventListener("welcome", handleWelcome, { signal })
  }

  #refreshUnlessKnown({ type, task }) {
    if (type === "task.deleted") showGone(this)
    else if (task?.id !== this.taskId || task.version > Number(this.dataset.version)) refreshDetails(this)
  }

  #focusField(selector) {
    const field = selector && this.querySelector(selector)
    field?.focus()
    if (field?.matches("summary")) field.click()
  }

  #handleFocus(field) {
    if ("taskSearch" in field.dataset) startTaskSearch(this, field)
  }

  #handleChange({ target }) {
    if (target.dataset.completes) completeSubtask(this, target)
    else if (target.dataset.watcher) toggleWatcher(this, target)
    else if (!target.matches(TYPED)) this.#saveField(target)
  }

  #saveField(field) {
    const change = field.closest(OWN_FORM) ? null : readChange(this, field)
    if (change) saveTask(this, change)
  }

  #handleClick(event) {
    const { target } = event
    // On the page of a task there is no panel, and links lead where they say.
    if (target.closest("a[data-panel]") && !document.getElementById("panel")) event.stopPropagation()
    const button = target.closest("[data-task-action]")
    if (button) ACTIONS[button.dataset.taskAction](this, button)
  }

  #handleSubmit(event) {
    event.preventDefault()
    FORMS[event.target.dataset.taskForm](this, event.target)
  }

  #closePickers(target) {
    for (const picker of this.querySelectorAll(".task-picker[open]")) if (!picker.contains(target)) picker.open = false
  }
}

customElements.define("task-details", TaskDetails)
