// Tell when a new day has begun in the user's time zone: at midnight, and when a page that slept is looked at again.
import { formatIsoDay } from "lib/local-time"

const MINUTE = 60000
const readDay = () => formatIsoDay(new Date())

export function onNewDay(callback) {
  let day = readDay()
  const check = () => {
    if (day === readDay()) return
    day = readDay()
    callback()
  }
  document.addEventListener("visibilitychange", check)
  for (const type of ["focus", "pageshow"]) addEventListener(type, check)
  checkEveryMinute(check)
}

// Midnight begins a minute in every time zone. A longer timer would be late after the machine slept.
function checkEveryMinute(check) {
  setTimeout(() => {
    check()
    checkEveryMinute(check)
  }, MINUTE - (Date.now() % MINUTE))
}
