// A line that becomes a task: the server reads labels, people, a day and more out of it. Enter adds it, and the field
// is free for the next one at once.
import { requestJson } from "lib/api"
import { gettext, interpolate } from "lib/i18n"
import { isComposing } from "lib/keys"
import { showToast } from "lib/toast"
import { followChips } from "tasks/quick-chips"

// Returns a form that is not on the page yet. `read` turns what is typed into { project, text, column_id }, of which
// the last can be left out; `begin(text)` shows at once what is being added, and returns what is handed to
// `end(pending, task)`, without a task where it was refused; `close` takes the form away.
export function buildQuickLine({ read, begin = () => null, end, close }) {
  const form = document.getElementById("quick-add").content.firstElementChild.cloneNode(true)
  const { text: field } = form.elements
  const readForm = () => read(field.value.trim(), form)
  field.addEventListener("keydown", (event) => handleKey(event, form, { readForm, begin, end, close }))
  form.addEventListener("submit", (event) => event.preventDefault())
  // Taken away at once, it would lose the focus again.
  form.addEventListener("focusout", () => setTimeout(() => {
    if (form.isConnected && !field.value.trim() && !form.contains(document.activeElement)) close(form, false)
  }))
  followChips(field, form.querySelector(".quick-add__chips"), readForm)
  return form
}

export const focusLine = (form) => form.elements.text.focus()

export function tellOfLeftOut(task) {
  showToast(interpolate(gettext("%(key)s is added. The filters leave it out here."), task))
}

function handleKey(event, form, options) {
  if (isComposing(event)) return
  if (event.key === "Escape") {
    event.preventDefault()
    event.stopPropagation()
    options.close(form, true)
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault()
    if (event.target.value.trim()) add(form, event.target, options)
  }
}

async function add(form, field, { readForm, begin, end }) {
  const typed = field.value.trim()
  const { project, ...body } = readForm()
  const pending = begin(typed)
  field.value = ""
  field.dispatchEvent(new Event("input", { bubbles: true }))
  showFault(form, "")
  try {
    end(pending, await requestJson("POST", `/projects/${project}/tasks/quick`, body))
  } catch (error) {
    end(pending, null)
    if (!field.value) field.value = typed
    showFault(form, error.message)
    if (!form.isConnected) showToast(error.message)
  }
}

function showFault(form, words) {
  const fault = form.querySelector(".field__error")
  fault.hidden = !words
  fault.querySelector("[data-words]").textContent = words
}
