// Times that are offered to be chosen, by the clock of the user's own zone. A choice is { label, hint, value }: `value`
// is what the server takes as a time, an instant ("…Z") or what the clock shows ("2026-11-30T09:00").
import { gettext, locale } from "lib/i18n"
import { formatIsoDay, formatIsoClock } from "lib/local-time"

const MORNING = "09:00"
const AFTERNOON = "17:00"
// Later than this there is no point in offering them.
const LAST_MORNING = "08:30"
const LAST_AFTERNOON = "16:30"
const MINUTE = 60_000
const MONDAY = 1

// A wall time is formatted as if it were UTC: it depends on no zone.
const hintFormat = new Intl.DateTimeFormat(locale, {
  weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit", timeZone: "UTC",
})

export function listSendingTimes() {
  const today = formatIsoDay(new Date())
  const clock = formatIsoClock(new Date())
  return [
    countFromNow(gettext("In 1 hour"), 60),
    ...(clock < LAST_MORNING ? [showClock(gettext("This morning"), today, MORNING)] : []),
    ...(clock < LAST_AFTERNOON ? [showClock(gettext("This afternoon"), today, AFTERNOON)] : []),
    ...listMornings(today, gettext("Monday")),
  ]
}

export function listReminderTimes() {
  return [
    countFromNow(gettext("In 20 minutes"), 20),
    countFromNow(gettext("In 1 hour"), 60),
    countFromNow(gettext("In 3 hours"), 180),
    ...listMornings(formatIsoDay(new Date()), gettext("Next week")),
  ]
}

// The value of a field of a date and a time, so many minutes from now.
export function computeFieldValue(minutes) {
  const moment = new Date(Date.now() + minutes * MINUTE)
  return `${formatIsoDay(moment)}T${formatIsoClock(moment)}`
}

// Tomorrow, and on Monday unless that is tomorrow.
function listMornings(today, mondayLabel) {
  const monday = addDays(today, (MONDAY - readWeekday(today) + 7) % 7 || 7)
  const tomorrow = addDays(today, 1)
  const mornings = [showClock(gettext("Tomorrow"), tomorrow, MORNING)]
  return monday === tomorrow ? mornings : [...mornings, showClock(mondayLabel, monday, MORNING)]
}

function countFromNow(label, minutes) {
  return { label, hint: "", value: new Date(Date.now() + minutes * MINUTE).toISOString() }
}

function showClock(label, day, clock) {
  const value = `${day}T${clock}`
  return { label, hint: hintFormat.format(new Date(`${value}Z`)), value }
}

function addDays(day, count) {
  const noon = new Date(`${day}T12:00Z`)
  noon.setUTCDate(noon.getUTCDate() + count)
  return noon.toISOString().slice(0, 10)
}

const readWeekday = (day) => new Date(`${day}T12:00Z`).getUTCDay()
