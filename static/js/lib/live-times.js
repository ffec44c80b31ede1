// Keep true what a page says of times by today: "5 minutes ago", "Today 14:05". Also where the machine slept.
import { formatTime } from "lib/local-time"
import { onNewMinute } from "lib/new-day"

// Those near are the server's, in UTC, until they are localised.
const PASSING = "time[data-format=ago], time[data-format=near][data-local]"

export const startLiveTimes = () => onNewMinute(renewTimes)

function renewTimes() {
  for (const time of document.querySelectorAll(PASSING)) {
    const text = formatTime(time)
    if (time.textContent !== text) time.textContent = text
  }
}
