// A line at the top of a list in which texts become tasks, one after the other. On the page of one's own tasks it has a
// choice of projects, and they are one's own unless they name somebody else.
import { gettext, interpolate } from "lib/i18n"
import { PrefixedStorage } from "lib/storage"
import { showToast } from "lib/toast"
import { showTasks } from "task-lists/refresh"
import { findRow } from "task-lists/rows"
import { buildQuickLine, focusLine, tellOfLeftOut } from "tasks/quick-line"

const NAMES_SOMEBODY = /(^|\s)@\S/
const storage = new PrefixedStorage("atrium.new-task.")

export function startNewTask() {
  document.addEventListener("click", ({ target }) => target.closest("[data-creates-task]") && openNewTask())
}

// Returns whether there is such a line.
export function openNewTask() {
  const place = document.querySelector("[data-new-task]")
  if (!place) return false
  const open = place.querySelector(".quick-add")
  if (open) focusLine(open)
  else showLine(place)
  return true
}

function showLine(place) {
  const form = buildQuickLine({
    read: (text) => readLine(text, form, place),
    end: (_, task) => task && showNew(task),
    close: (_, returnsFocus) => {
      form.remove()
      if (returnsFocus) document.querySelector("[data-creates-task]")?.focus()
    },
  })
  const { project: choice } = form.elements
  const former = storage.get("project")
  if (choice && [...choice.options].some(({ value }) => value === former)) choice.value = former
  place.replaceChildren(form)
  focusLine(form)
}

function readLine(text, form, { dataset }) {
  const { project: choice } = form.elements
  if (!choice) return { project: dataset.project, text, ...("intoTriage" in dataset && { column_id: null }) }
  storage.set("project", choice.value)
  return { project: choice.value, text: NAMES_SOMEBODY.test(text) ? text : `${text} @me` }
}

async function showNew(task) {
  await showTasks([task.id])
  if (findRow(task.id)) return
  // Those of others are not among one's own.
  if (document.querySelector("[data-my-tasks]")) showToast(interpolate(gettext("%(key)s: %(title)s"), task))
  else tellOfLeftOut(task)
}
