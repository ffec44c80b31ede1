// Show what others change in projects and their tasks at once, in the parts of a page that are no fields.
import { connection } from "lib/connection"
import { refreshParts } from "navigation/page-parts"
import { ReloadTimer } from "sidebar/reload-timer"

const DELAY = 150
const EVENTS = [
  "project.created", "project.updated", "project.removed",
  "task.created", "task.updated", "task.deleted",
  "room.created", "room.updated", "room.removed",
  "member.joined", "member.updated", "member.left",
]

export function followProjects() {
  // Where it fails, the next event or the next welcome refreshes again.
  const timer = new ReloadTimer(() => refreshParts().catch(() => {}))
  for (const type of EVENTS) connection.on(type, () => timer.start(DELAY))
  let wasWelcomed = false
  connection.on("welcome", () => {
    if (wasWelcomed) timer.start(DELAY)
    wasWelcomed = true
  })
}
