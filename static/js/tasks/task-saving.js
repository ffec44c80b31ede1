// Save fields of a task. Where somebody else has changed the same field meanwhile, the user says what it shall be.
import { requestJson } from "lib/api"
import { gettext, interpolate } from "lib/i18n"
import { showErrorToast } from "lib/toast"
import { showForm } from "tasks/description-form"
import { refreshDetails } from "tasks/task-refresh"

// Resolves with whether they are saved.
export async function saveTask(details, changes) {
  const { task, version } = details.dataset
  try {
    const saved = await requestJson("PATCH", `/tasks/${task}`, { ...changes, version: Number(version) })
    settle(details, saved)
    return true
  } catch (error) {
    if (error.code === "fields_changed") showConflict(details, changes, error.members.changes)
    else {
      showErrorToast(gettext("Not saved."), error)
      refreshDetails(details)
    }
    return false
  }
}

// What was typed is no longer unsaved.
function settle(details, { version }) {
  details.dataset.version = version
  for (const field of details.querySelectorAll("textarea, input:not([type])")) {
    if (field.closest("form") === null) field.defaultValue = field.value
  }
  hideConflict(details)
  refreshDetails(details)
}

function showConflict(details, changes, theirs) {
  const box = details.querySelector("[data-conflict]")
  const latest = theirs.at(-1)
  const text = gettext("%(name)s has changed this meanwhile to: %(value)s")
  const values = { name: latest.actor?.name ?? gettext("Somebody"), value: describeValue(details, latest) }
  const words = Object.assign(document.createElement("p"), { textContent: interpolate(text, values), dir: "auto" })
  const row = Object.assign(document.createElement("div"), { className: "row" })
  row.append(
    buildButton(gettext("Keep mine"), "btn btn--primary btn--sm", () => keepMine(details, changes, theirs)),
    buildButton(gettext("Take theirs"), "btn btn--sm", () => takeTheirs(details)),
  )
  box.replaceChildren(words, row)
  box.hidden = false
  row.firstElementChild.focus()
}

function keepMine(details, changes, theirs) {
  details.dataset.version = Math.max(...theirs.map(({ version }) => version), Number(details.dataset.version))
  hideConflict(details)
  saveTask(details, changes)
}

function takeTheirs(details) {
  for (const field of details.querySelectorAll("textarea, input:not([type])")) field.value = field.defaultValue
  showForm(details, false)
  hideConflict(details)
  refreshDetails(details)
}

function hideConflict(details) {
  const box = details.querySelector("[data-conflict]")
  box.hidden = true
  box.replaceChildren()
}

// Ids of columns, users and labels stand among the choices of the page.
function describeValue(details, { after }) {
  if (after === null || after === "") return gettext("nothing")
  const names = [after].flat().map((value) => {
    const named = `[value="${CSS.escape(value)}"]`
    const choice = details.querySelector(`option${named}, [data-picker] input${named}`)
    return choice?.closest("label, option").textContent.trim() ?? String(value)
  })
  return names.join(", ")
}

function buildButton(textContent, className, run) {
  const button = Object.assign(document.createElement("button"), { type: "button", textContent, className })
  button.addEventListener("click", run)
  return button
}
