// Read from a field what is to be saved of a task, as REST takes it.
import { gettext } from "lib/i18n"
import { parseDuration } from "tasks/durations"
import { timeZoneName } from "lib/local-time"

// Null where there is nothing to save; the field says why.
export function readChange(details, field) {
  const picker = field.closest("[data-picker]")
  if (picker) return { [picker.dataset.picker]: listChecked(picker) }
  const day = field.dataset.day ?? field.dataset.clock
  if (day) return readDay(details, day)
  if (field.dataset.field === "estimate") return readEstimate(field)
  if (field.dataset.field === "title") return readTitle(field)
  return field.dataset.field ? { [field.dataset.field]: field.value || null } : null
}

const listChecked = (picker) => [...picker.querySelectorAll("input:checked")].map(({ value }) => value)

function readTitle(field) {
  const title = field.value.trim().replace(/\s+/g, " ")
  if (title) return { title }
  field.value = field.defaultValue
  return null
}

function readEstimate(field) {
  const estimate = parseDuration(field.value)
  field.setCustomValidity(estimate === undefined ? gettext("Write hours and minutes, as 2h 30m.") : "")
  field.reportValidity()
  return estimate === undefined ? null : { estimate }
}

// A time is one of the zone that the task has, else of the user's.
function readDay(details, name) {
  const day = details.querySelector(`[data-day=${name}]`).value
  const clock = details.querySelector(`[data-clock=${name}]`).value
  if (!day || !clock) return { [`${name}_date`]: day || null }
  const zone = details.dataset.zone || timeZoneName
  return { [`${name}_at`]: toInstant(`${day}T${clock}`, zone).toISOString(), time_zone: zone }
}

// The offset of the zone at about that time, asked for twice: near a clock change the first guess may be off.
function toInstant(wall, zone) {
  const asUtc = new Date(`${wall}:00Z`)
  let instant = asUtc
  for (let round = 0; round < 2; round++) instant = new Date(asUtc - readOffset(instant, zone))
  return instant
}

function readOffset(instant, zone) {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" })
  return new Date(`${format.format(instant).replace(" ", "T")}Z`) - instant
}
