// Refresh the pinned messages in the panel when one of them changes, or another message is pinned.
import { connection } from "lib/connection"
import { refreshPanel } from "rooms/panel"

export function followPins({ room, signal }) {
  const findPins = () => document.querySelector(`#panel[data-source*="/rooms/${room}/pins/"]`)
  const isAffected = (pins, { id, pinned_at: pinnedAt }) => pinnedAt || pins.querySelector(`[data-pin="${id}"]`)
  for (const type of ["message.updated", "message.deleted"]) {
    const handle = (frame) => {
      const pins = findPins()
      if (frame.room === room && pins && isAffected(pins, frame.message)) refreshPanel()
    }
    connection.on(type, handle, { signal })
  }
}
