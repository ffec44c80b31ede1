// By which rule the task that is shown recurs: what a form says of it becomes an RRULE of RFC 5545.
import { saveTask } from "tasks/task-saving"

export async function saveRecurrence(details, form) {
  const { until, count, repetition } = form.elements
  // Of both, the later choice is not known: a rule may have one alone.
  if (until.value) count.value = ""
  if (!(await saveTask(details, { recurrence: buildRule(form), repetition: repetition.value }))) return
  form.removeAttribute("data-typed")
  form.closest("details").open = false
  details.querySelector("#task-recurrence")?.focus({ preventScroll: true })
}

function buildRule(form) {
  const { frequency, interval, custom, until, count } = form.elements
  if (!frequency.value) return ""
  if (frequency.value === "CUSTOM") return custom.value.trim()
  const days = [...form.querySelectorAll("[name=days]:checked")].map(({ value }) => value)
  const parts = {
    FREQ: frequency.value,
    INTERVAL: interval.value === "1" ? "" : interval.value,
    BYDAY: frequency.value === "WEEKLY" ? days.join(",") : "",
    UNTIL: until.value.replaceAll("-", ""),
    COUNT: count.value,
  }
  return Object.entries(parts).filter(([, value]) => value).map((part) => part.join("=")).join(";")
}
