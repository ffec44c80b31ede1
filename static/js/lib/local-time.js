// Format times in the user's time zone: the one in their account, else the browser's. The server writes UTC.
import { gettext, interpolate, locale } from "lib/i18n"

const timeZone = resolveTimeZone(document.documentElement.dataset.timeZone)
const createFormat = (options) => new Intl.DateTimeFormat(locale, options)
const clockFormat = createFormat({ hour: "numeric", minute: "2-digit", timeZone })
const fullFormat = createFormat({ dateStyle: "full", timeStyle: "short", timeZone })
// Canada writes 2026-11-12.
const isoFormat = new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", timeZone })
const weekdayFormat = createFormat({ weekday: "long", timeZone })
const momentFormat = createFormat({ dateStyle: "medium", timeStyle: "short", timeZone })
const clockParts = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }
const isoClockFormat = new Intl.DateTimeFormat("en-GB", { ...clockParts, timeZone })
// For the name of a calendar day, which depends on no time zone.
const dayThisYearFormat = createFormat({ weekday: "long", day: "numeric", month: "long" })
const dayFormat = createFormat({ weekday: "long", day: "numeric", month: "long", year: "numeric" })

// The values of data-format.
const FORMATS = {
  clock: clockFormat,
  full: fullFormat,
  day: createFormat({ dateStyle: "long", timeZone }),
  moment: momentFormat,
  near: { format: formatNear },
  ago: { format: formatAgo },
}
const MINUTE = 60000
const DAY = 86400000
// In minutes, the longest first; about as long as the server takes them.
const UNITS = { year: 525600, month: 43800, week: 10080, day: 1440, hour: 60, minute: 1 }
const agoFormat = new Intl.RelativeTimeFormat(locale)

// Of the user, as IANA names it.
export const timeZoneName = timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone

export const formatMoment = (date) => momentFormat.format(date)

export const formatClockIn = (zone) =>
  new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit", timeZone: resolveTimeZone(zone) }).format()

export function localiseTimes(root) {
  for (const time of root.querySelectorAll("time[datetime*=T]:not([data-local])")) {
    time.textContent = formatTime(time)
    time.title = fullFormat.format(new Date(time.dateTime))
    time.dataset.local = ""
  }
}

// What a <time> says, in its data-format; data-words are words around it, as "seen %(ago)s".
export function formatTime({ dateTime, dataset: { format, words } }) {
  const text = (FORMATS[format] ?? clockFormat).format(new Date(dateTime))
  return words ? interpolate(words, { ago: text }) : text
}

// "5 minutes ago", as `ago` of the server's dates.
function formatAgo(date) {
  const age = Math.floor((Date.now() - date) / MINUTE)
  if (age < 1) return gettext("just now")
  const [unit, minutes] = Object.entries(UNITS).find(([, each]) => age >= each)
  return agoFormat.format(-Math.floor(age / minutes), unit)
}

// "Today 14:05", "Monday 14:05", from six days ago on the date.
function formatNear(date) {
  const age = Date.now() - date
  if (age < 0 || age > 6 * DAY) return momentFormat.format(date)
  const day = formatIsoDay(date)
  const isNamed = [today(), subtractDay(today())].includes(day)
  return `${isNamed ? formatDayName(day) : weekdayFormat.format(date)} ${clockFormat.format(date)}`
}

const today = () => formatIsoDay(new Date())

// "2026-11-12" in the user's time zone.
export const formatIsoDay = (date) => isoFormat.format(date)

// "09:05" in the user's time zone.
export const formatIsoClock = (date) => isoClockFormat.format(date)

export function formatDayName(day) {
  if (day === today()) return gettext("Today")
  if (day === subtractDay(today())) return gettext("Yesterday")
  const isThisYear = day.slice(0, 4) === today().slice(0, 4)
  return (isThisYear ? dayThisYearFormat : dayFormat).format(new Date(`${day}T12:00`))
}

function subtractDay(day) {
  const noon = new Date(`${day}T12:00Z`)
  noon.setUTCDate(noon.getUTCDate() - 1)
  return noon.toISOString().slice(0, 10)
}

// Undefined, which stands for the browser's own, where an old browser doesn't know the name.
function resolveTimeZone(name) {
  try {
    return name && new Intl.DateTimeFormat(locale, { timeZone: name }).resolvedOptions().timeZone
  } catch {
    return undefined
  }
}
