// Tell when a new minute, or a new day in the user's time zone, has begun; also when a page that slept is looked at
// again.
import { formatIsoDay } from "lib/local-time"

const MINUTE = 60000
const readDay = () => formatIsoDay(new Date())

export function onNewDay(callback) {
  let day = readDay()
  onNewMinute(() => {
    if (day === readDay()) return
    day = readDay()
    callback()
  })
}

export function onNewMinute(callback) {
  document.addEventListener("visibilitychange", callback)
  for (const type of ["focus", "pageshow"]) addEventListener(type, callback)
  callEveryMinute(callback)
}

// Midnight begins a minute in every time zone. A longer timer would be late after the machine slept.
function callEveryMinute(callback) {
  setTimeout(() => {
    callback()
    callEveryMinute(callback)
  }, MINUTE - (Date.now() % MINUTE))
}
