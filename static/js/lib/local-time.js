// Times as the reader's clock and calendar show them. The server writes UTC.
const clock = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" })
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "short" })
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" })
const thisYear = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" })
const otherYear = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long", year: "numeric" })

export const clockTime = (date) => clock.format(date)

const formats = { clock, full, day: new Intl.DateTimeFormat(undefined, { dateStyle: "long" }), moment }

export function localise(root) {
  for (const time of root.querySelectorAll("time[datetime*=T]:not([data-local])")) {
    const date = new Date(time.dateTime)
    time.textContent = (formats[time.dataset.format] ?? clock).format(date)
    time.title = full.format(date)
    time.dataset.local = ""
  }
}

// "2026-11-12" where the reader is.
export function dayOf(date) {
  const two = (number) => String(number).padStart(2, "0")
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

export function dayName(day) {
  const now = new Date()
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1)
  if (day === dayOf(now)) return "Today"
  if (day === dayOf(yesterday)) return "Yesterday"
  const date = new Date(`${day}T12:00`)
  return (date.getFullYear() === now.getFullYear() ? thisYear : otherYear).format(date)
}
