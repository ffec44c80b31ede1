// Relations of the task that is shown: another one is found by a piece of its title, and related as it is chosen.
import { requestJson } from "lib/api"
import { gettext } from "lib/i18n"
import { isComposing } from "lib/keys"
import { SuggestionList } from "lib/suggestion-list"
import { suggestTasks } from "messages/place-source"
import { reportField, saveDetail, showUndo } from "tasks/detail-saving"

const TYPING_PAUSE = 150
const started = new WeakSet()

// Once per field, as it is first used.
export function startTaskSearch(details, field) {
  if (started.has(field)) return
  started.add(field)
  const choose = ({ dataset }) => {
    field.value = dataset.text
    list.hide()
    relateTask(details, field.form)
  }
  const list = new SuggestionList(field, { onChoose: choose })
  let timer = 0
  const search = async () => {
    const query = field.value.trim()
    const found = query ? await suggestTasks(query) : []
    const options = found.filter(({ dataset }) => dataset.text !== details.dataset.key)
    if (query !== field.value.trim() || document.activeElement !== field) return
    list.show(options, { label: gettext("Tasks"), marksFirst: true })
  }
  field.addEventListener("input", () => {
    clearTimeout(timer)
    timer = setTimeout(search, TYPING_PAUSE)
  })
  field.addEventListener("blur", () => list.hide())
  field.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (isComposing(event) || !list.isOpen || !(step || ["Enter", "Escape"].includes(event.key))) return
    event.preventDefault()
    event.stopPropagation()
    if (step) list.step(step)
    else if (event.key === "Escape") list.hide()
    else if (list.marked) choose(list.marked)
  })
}

export async function relateTask(details, form) {
  const { kind, key } = form.elements
  const isKey = /^[a-z][a-z0-9]*-\d+$/i.test(key.value.trim())
  if (!reportField(key, isKey ? "" : gettext("Choose a task from the list, or write its key, as ATR-12."))) return
  const body = { kind: kind.value, key: key.value.trim() }
  const send = () => requestJson("POST", `/tasks/${details.taskId}/relations`, body)
  if (await saveDetail(details, key, send)) details.querySelector("#task-relation-key")?.focus()
}

export async function removeRelation(details, button) {
  const { relation, kind, other } = button.dataset
  const path = `/tasks/${details.taskId}/relations`
  if (!(await saveDetail(details, button, () => requestJson("DELETE", `${path}/${relation}`)))) return
  details.querySelector("#task-relate")?.focus({ preventScroll: true })
  showUndo(details, gettext("The relation is removed."), () => requestJson("POST", path, { kind, task_id: other }))
}
