// Tell when a new minute, or a new day in the user's time zone, has begun; also when a page that slept is looked at
// again.
import { formatIsoDay } from "lib/local-time"

const MINUTE = 60000
const readDay = () => formatIsoDay(new Date())

// With `signal`, until it aborts.
export function onNewDay(callback, { signal } = {}) {
  let day = readDay()
  const check = () => {
    if (day === readDay()) return
    day = readDay()
    callback()
  }
  onNewMinute(check, { signal })
}

export function onNewMinute(callback, { signal } = {}) {
  document.addEventListener("visibilitychange", callback, { signal })
  for (const type of ["focus", "pageshow"]) addEventListener(type, callback, { signal })
  callEveryMinute(callback, signal)
}

// Midnight begins a minute in every time zone. A longer timer would be late after the machine slept.
function callEveryMinute(callback, signal) {
  setTimeout(() => {
    if (signal?.aborted) return
    callback()
    callEveryMinute(callback, signal)
  }, MINUTE - (Date.now() % MINUTE))
}
