// The time spent on the task that is shown: a timer to start and to stop, and entries by hand.
import { requestJson } from "lib/api"
import { gettext } from "lib/i18n"
import { reportField, saveDetail, showUndo } from "tasks/detail-saving"
import { parseDuration } from "tasks/durations"

export async function startTimer(details, button) {
  const path = `/tasks/${details.taskId}/timer`
  if (await saveDetail(details, button, () => requestJson("POST", path))) focusTimer(details)
}

export async function stopTimer(details, button) {
  const path = `/tasks/${details.taskId}/timer`
  if (await saveDetail(details, button, () => requestJson("DELETE", path))) focusTimer(details)
}

const focusTimer = (details) => details.querySelector("#task-timer")?.focus({ preventScroll: true })

// Of another day than today it counts from noon, for nobody says when.
export async function addTimeEntry(details, form) {
  const { spent, day, note } = form.elements
  const seconds = parseDuration(spent.value)
  if (!reportField(spent, seconds ? "" : gettext("Write hours and minutes, as 2h 30m."))) return
  const start = day.value ? new Date(`${day.value}T12:00`) : new Date(Date.now() - seconds * 1000)
  const body = { started_at: start.toISOString(), seconds, note: note.value.trim() }
  const send = () => requestJson("POST", `/tasks/${details.taskId}/time-entries`, body)
  if (await saveDetail(details, form.querySelector(".btn"), send)) details.querySelector("#task-time-spent")?.focus()
}

// One's own can be entered again.
export async function deleteTimeEntry(details, button) {
  const { entry, started, seconds, note } = button.dataset
  if (!(await saveDetail(details, button, () => requestJson("DELETE", `/time-entries/${entry}`)))) return
  details.querySelector("#task-time")?.focus()
  const body = { started_at: started, seconds: Number(seconds), note }
  const restore = () => requestJson("POST", `/tasks/${details.taskId}/time-entries`, body)
  if (started) showUndo(details, gettext("The time is deleted."), restore)
}
