// Show a task anew, as the server has it now, and leave alone what is being typed.
import { fetchFragment, readText } from "lib/api"
import { RequestRefused } from "lib/errors"
import { gettext } from "lib/i18n"
import { showAsHere } from "navigation/page-parts"
import { showForm } from "tasks/description-form"
import { OWN_FORM, keepForms } from "tasks/kept-forms"

// Of answers that overtake each other the one that was asked for last stays.
const asked = new WeakMap()

export async function refreshDetails(details) {
  const number = (asked.get(details) ?? 0) + 1
  asked.set(details, number)
  try {
    const html = await readText(await fetchFragment(details.dataset.source))
    if (asked.get(details) !== number || !details.isConnected) return
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("task-details")
    if (fresh) replaceContent(details, fresh)
  } catch (error) {
    if (error instanceof RequestRefused && error.status === 404) showGone(details)
  }
}

const LEAVING = ["change", "blur", "focusout"]
const hideEvent = (event) => event.stopImmediatePropagation()

function replaceContent(details, fresh) {
  const kept = keepState(details)
  // What is typed belongs to the version that it began with: the server tells whether others have changed the same.
  if (!kept.isTyped) details.dataset.version = fresh.dataset.version
  details.dataset.zone = fresh.dataset.zone
  // A browser says that a field is left, and changed, as it is taken away.
  for (const type of LEAVING) details.addEventListener(type, hideEvent, true)
  keepForms(details, fresh)
  details.replaceChildren(...fresh.childNodes)
  for (const type of LEAVING) details.removeEventListener(type, hideEvent, true)
  showAsHere(details)
  kept.restore()
}

// What is open, typed and focused.
function keepState(details) {
  const form = details.querySelector("[data-task-form=description]")
  const isEditing = form && !form.hidden
  const open = [...details.querySelectorAll("details[open]")].map(describeOpen)
  const { activeElement: focused } = document
  const focusedId = details.contains(focused) ? focused.id : ""
  const checked = focused.matches("[data-picker] input") ? focused.value : ""
  const fields = [...details.querySelectorAll("textarea, input:not([type])")].filter((each) => !each.closest(OWN_FORM))
  const typed = fields.filter((each) => each.value !== each.defaultValue || (isEditing && form.contains(each)))
  const values = typed.map(({ id, value, selectionStart, selectionEnd }) => [id, value, selectionStart, selectionEnd])
  const conflict = details.querySelector("[data-conflict]:not([hidden])")
  return {
    isTyped: typed.length > 0,
    restore() {
      for (const selector of open) details.querySelector(selector)?.setAttribute("open", "")
      if (isEditing) showForm(details, true)
      if (conflict) details.querySelector("[data-conflict]").replaceWith(conflict)
      for (const [id, value] of values) {
        const field = id && details.querySelector(`#${id}`)
        if (field) field.value = value
      }
      const box = checked && details.querySelector(`[data-picker] input[value="${CSS.escape(checked)}"]`)
      const target = box || (focusedId && details.querySelector(`#${focusedId}`))
      target?.focus?.({ preventScroll: true })
      const selection = values.find(([id]) => id === focusedId)
      if (selection && target) target.setSelectionRange(selection[2], selection[3])
    },
  }
}

const describeOpen = ({ dataset }) =>
  dataset.picker ? `[data-picker=${dataset.picker}]` : `[data-keeps="${dataset.keeps ?? ""}"]`

export function showGone(details) {
  const text = gettext("This task has been deleted, or you can no longer see it.")
  details.replaceChildren(Object.assign(document.createElement("p"), { className: "soft", textContent: text }))
}
