// Entry point of the page of reported messages: what is reported or closed meanwhile is shown at once.
import { connection } from "lib/connection"
import { refreshParts } from "navigation/page-parts"
import { ReloadTimer } from "sidebar/reload-timer"

const DELAY = 100
// Where it fails, the next event or the next welcome refreshes again. What is being confirmed stays.
const timer = new ReloadTimer(() => {
  if (document.querySelector("dialog:modal")) timer.start(10 * DELAY)
  else refreshParts().catch(() => {})
})

connection.on("reports.counted", () => timer.start(DELAY))
let wasWelcomed = false
connection.on("welcome", () => {
  if (wasWelcomed) timer.start(DELAY)
  wasWelcomed = true
})
