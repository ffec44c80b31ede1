// Entry point of the pages of user groups: what others change there is shown at once.
import { connection } from "lib/connection"
import { refreshParts } from "navigation/page-parts"
import { ReloadTimer } from "sidebar/reload-timer"

const DELAY = 100
const page = document.querySelector("[data-groups]").dataset
// Where it fails, the next event or the next welcome refreshes again.
const timer = new ReloadTimer(() => refreshParts().catch(() => {}))

for (const type of ["group.created", "group.updated"]) connection.on(type, follow)
connection.on("group.deleted", (frame) => {
  if (frame.group_id === page.group) location.replace(page.groups)
  else follow(frame)
})
let wasWelcomed = false
connection.on("welcome", () => {
  if (wasWelcomed) timer.start(DELAY)
  wasWelcomed = true
})

function follow({ group }) {
  if (!page.group || group?.id === page.group) timer.start(DELAY)
}
