// Fetch the rooms that are likely to be shown next: those above and below in the sidebar, the next unread one, the one
// that was left. One after the other, while nothing else is to be done.
import { whenIdle } from "lib/after-paint"
import { connection } from "lib/connection"
import { listNextRooms } from "navigation/room-steps"
import { fetchAhead } from "rooms/kept-rooms"

const SIGNS_OF_A_READER = ["pointermove", "touchstart", "keydown"]

// Until the signal aborts. `left` is the address of the room that was shown before, if any.
export function fetchLikely(left, signal) {
  whenIdle(() => fetchEach([...new Set([left, ...listNextRooms()].filter(Boolean))], signal))
}

// Whoever only opens a page goes nowhere from it.
export function fetchLikelyOnSign(signal) {
  const start = () => {
    for (const type of SIGNS_OF_A_READER) removeEventListener(type, start)
    fetchLikely(null, signal)
  }
  for (const type of SIGNS_OF_A_READER) addEventListener(type, start, { passive: true, signal })
}

async function fetchEach(addresses, signal) {
  for (const address of addresses) {
    if (signal.aborted || document.hidden || !connection.isUp || navigator.connection?.saveData) return
    await fetchAhead(address)
  }
}
