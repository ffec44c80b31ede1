// On every page of an organisation: the connection, the sidebar, and what belongs to the frame around a page.
import { startAvailability } from "lib/availability"
import { connection } from "lib/connection"
import { startDrawer } from "lib/drawer"
import { startHoldingLinks } from "lib/held-links"
import { localise } from "lib/local-time"
import { outbox } from "lib/outbox"
import { startPanel } from "lib/panel"
import { followPeople } from "lib/people"
import { startPresence } from "lib/presence"
import { startStatusDialog } from "lib/status-dialog"
import "elements/connection-banner"
import "elements/room-sidebar"

localise(document)
startDrawer()
startPanel()
startHoldingLinks()
startPresence()
followPeople()
startAvailability()
startStatusDialog()
for (const state of ["up", "down", "ended"]) {
  connection.addEventListener(state, () => (document.documentElement.dataset.connection = state))
}
outbox.start()
connection.start()
