// On every page of an organisation: the connection, the sidebar, and what belongs to the frame around a page.
import { startAvailability } from "sidebar/availability"
import { connection } from "lib/connection"
import { startDrawer } from "sidebar/drawer"
import { startHoldingLinks } from "lib/offline-links"
import { localise } from "lib/local-time"
import { outbox } from "messages/outbox"
import { startPanel } from "rooms/panel"
import { followPeople } from "users/user-updates"
import { startPresence } from "users/presence"
import { startStatusDialog } from "sidebar/status-dialog"
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
