// Back closes the panel. Beside a room the address itself tells of what the panel shows.
import { enterOverlay, isOverlayInHistory, leaveOverlay } from "lib/overlay-history"
import { leavePanelAddress } from "rooms/address"

const findFeed = () => document.querySelector("room-feed:not(#panel *)")

export function enterPanel(close) {
  if (!findFeed() && !isOverlayInHistory()) enterOverlay(close)
}

export function leavePanel() {
  const feed = findFeed()
  if (feed) leavePanelAddress(feed.dataset.room)
  else leaveOverlay()
}
