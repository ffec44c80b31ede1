// Entry point of every page of an organisation: the connection, the sidebar and what else surrounds a page.
import { resumeUploads } from "attachments/stored-files"
import { startEmojiPictures } from "emoji/emoji-pictures"
import { startDragOut } from "files/drag-out"
import { connection } from "lib/connection"
import { startLiveTimes } from "lib/live-times"
import { localiseTimes } from "lib/local-time"
import { startOverlayHistory } from "lib/overlay-history"
import { scheduledMessages } from "later/scheduled-messages"
import { startLightbox } from "lightbox/opening"
import { startDraftSync } from "messages/draft-sync"
import { outbox } from "messages/outbox"
import { rememberRecentRoom } from "navigation/recent-rooms"
import { startShortcuts } from "navigation/shortcuts"
import { startSwitcher } from "navigation/switcher"
import { showCurrentTab } from "navigation/tabs"
import { startBell } from "notifications/bell"
import { startPanel } from "rooms/panel"
import { startSearchKey } from "search/search-key"
import { startArrangement } from "sidebar/arrangement"
import { startAvailability } from "sidebar/availability"
import { startDrawer } from "sidebar/drawer"
import { startSilence } from "sidebar/silence"
import { startStatusDialog } from "sidebar/status-dialog"
import { startPresence } from "users/presence"
import { startProfileCards } from "users/profile-card"
import { startUserUpdates } from "users/user-updates"
import { rememberRoomNames } from "web-app/room-names"
import { startWebApp } from "web-app/service-worker"
import "elements/connection-banner"
import "elements/more-rows"
import "elements/people-picker"
import "elements/room-sidebar"
import "elements/row-search"

localiseTimes(document)
startLiveTimes()
startOverlayHistory()
startDrawer()
showCurrentTab()
startLightbox()
startDragOut()
startPanel()
startPresence()
startUserUpdates()
startArrangement()
startAvailability()
startSilence()
startStatusDialog()
startSearchKey()
startProfileCards()
startDraftSync()
scheduledMessages.start()
startShortcuts()
startSwitcher()
startBell()
rememberRecentRoom(document.getElementById("sidebar").dataset.room)
startEmojiPictures()
for (const state of ["up", "down", "ended"]) {
  connection.addEventListener(state, () => (document.documentElement.dataset.connection = state))
}
outbox.start()
resumeUploads()
connection.start()
startWebApp(rememberRoomNames)
