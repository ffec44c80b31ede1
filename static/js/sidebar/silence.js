// Show at the foot of the sidebar whether notifications are silent, as other tabs and devices change that.
import { connection } from "lib/connection"
import { localiseTimes } from "lib/local-time"

export function startSilence() {
  connection.on("notification.settings", ({ silence }) => showSilence(silence))
}

function showSilence({ silent_until: until, paused }) {
  const isOn = paused || until !== null
  const shown = { on: isOn, off: !isOn, paused, until: until !== null }
  for (const part of document.querySelectorAll("[data-silence]")) part.hidden = !shown[part.dataset.silence]
  const time = document.querySelector("[data-silence=until] time")
  if (!until || !time) return
  time.dateTime = until
  delete time.dataset.local
  localiseTimes(time.parentElement)
}
