// Keep the address of the window that of what the page shows.
import { isOverlayInHistory } from "lib/overlay-history"

let shown = readAddress()

export const isAddressShown = () => readAddress() === shown

export const readShownAddress = () => shown

// What the page shows has another address from now on; the entry in the window's history stays the same.
export function replaceAddress(address) {
  history.replaceState(history.state, "", address)
  shown = readAddress()
}

// In place of the drawer, where the link was in it.
export function pushAddress(address, state) {
  if (isOverlayInHistory()) history.replaceState(state, "", address)
  else history.pushState(state, "", address)
  shown = readAddress()
}

// The browser has gone to another entry of its history, which is shown now.
export function acceptAddress() {
  shown = readAddress()
}

// A page may have been opened with its panel; without it, it is the room's.
export function leavePanelAddress(room) {
  const withPanel = [`/rooms/${room}/details/`, `/rooms/${room}/pins/`]
  const isThread = /^\/messages\/[\w-]+\/thread\/$/.test(location.pathname)
  if (isThread || withPanel.includes(location.pathname)) replaceAddress(`/rooms/${room}/`)
}

function readAddress() {
  return location.pathname + location.search
}
