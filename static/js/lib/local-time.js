// Times as the reader's clock and calendar show them: the clock they have chosen, else that of this browser. The server
// writes UTC.
import { gettext, locale } from "lib/i18n"

const timeZone = known(document.documentElement.dataset.timeZone)
const clock = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit", timeZone })
const full = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short", timeZone })
const moment = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone })
const long = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone })
// Canada writes 2026-11-12.
const iso = new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", timeZone })
// A day has its name on no clock.
const thisYear = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" })
const otherYear = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long", year: "numeric" })

export const clockTime = (date) => clock.format(date)

const formats = { clock, full, day: long, moment }

export function localise(root) {
  for (const time of root.querySelectorAll("time[datetime*=T]:not([data-local])")) {
    const date = new Date(time.dateTime)
    time.textContent = (formats[time.dataset.format] ?? clock).format(date)
    time.title = full.format(date)
    time.dataset.local = ""
  }
}

// "2026-11-12" where the reader is.
export const dayOf = (date) => iso.format(date)

export function dayName(day) {
  const today = dayOf(new Date())
  if (day === today) return gettext("Today")
  if (day === dayBefore(today)) return gettext("Yesterday")
  return (day.slice(0, 4) === today.slice(0, 4) ? thisYear : otherYear).format(new Date(`${day}T12:00`))
}

function dayBefore(day) {
  const noon = new Date(`${day}T12:00Z`)
  noon.setUTCDate(noon.getUTCDate() - 1)
  return noon.toISOString().slice(0, 10)
}

// A browser may be older than a name.
function known(zone) {
  try {
    return zone && new Intl.DateTimeFormat(locale, { timeZone: zone }).resolvedOptions().timeZone
  } catch {
    return undefined
  }
}
