// Days and moments that are offered for tasks, by the clock of the user's own zone.
import { gettext, locale } from "lib/i18n"
import { formatIsoClock, formatIsoDay, timeZoneName } from "lib/local-time"

const MORNING = "09:00"
const LATER = 3 * 3_600_000
const MONDAY = 1
const hintFormat = new Intl.DateTimeFormat(locale, {
  weekday: "short", day: "numeric", month: "short", timeZone: "UTC",
})
const clockFormat = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit", timeZone: timeZoneName })

export const today = () => formatIsoDay(new Date())

export function addDays(day, count) {
  const noon = new Date(`${day}T12:00Z`)
  noon.setUTCDate(noon.getUTCDate() + count)
  return noon.toISOString().slice(0, 10)
}

export const formatDay = (day) => hintFormat.format(new Date(`${day}T12:00Z`))

// [{ words, hint, value }] with days as "2026-11-30", or null for none.
export function listDueDays() {
  const now = today()
  const monday = findMonday(now)
  return [
    { words: gettext("Today"), hint: formatDay(now), value: now },
    { words: gettext("Tomorrow"), hint: formatDay(addDays(now, 1)), value: addDays(now, 1) },
    { words: gettext("Next week"), hint: formatDay(monday), value: monday },
    { words: gettext("No due date"), hint: "", value: null },
  ]
}

// The same with moments, as "2026-11-30T08:00:00.000Z".
export function listSnoozeTimes() {
  const now = today()
  const later = new Date(Date.now() + LATER)
  const isToday = formatIsoDay(later) === now
  const soon = { words: gettext("Later today"), hint: clockFormat.format(later), value: later.toISOString() }
  const monday = findMonday(now)
  return [
    ...(isToday ? [soon] : []),
    { words: gettext("Tomorrow"), hint: formatDay(addDays(now, 1)), value: computeMoment(addDays(now, 1)) },
    { words: gettext("Next week"), hint: formatDay(monday), value: computeMoment(monday) },
  ]
}

// The instant at which the clock of the user's zone shows a time on a day: found by how far off a first guess is.
export function computeMoment(day, clock = MORNING) {
  const wanted = Date.parse(`${day}T${clock}Z`)
  let moment = wanted
  for (let tries = 0; tries < 2; tries++) {
    const shown = Date.parse(`${formatIsoDay(new Date(moment))}T${formatIsoClock(new Date(moment))}Z`)
    moment += wanted - shown
  }
  return new Date(moment).toISOString()
}

// The next one, never today.
const findMonday = (day) => addDays(day, (MONDAY - new Date(`${day}T12:00Z`).getUTCDay() + 7) % 7 || 7)
