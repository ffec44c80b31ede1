// Pinned messages beside the feed follow it.
import { connection } from "lib/connection"
import { refreshPanel } from "rooms/panel"

export function followPins(room) {
  const shown = () => document.querySelector(`#panel[data-source*="/rooms/${room}/pins/"]`)
  const concerns = ({ id, pinned_at: pinned }) => pinned || shown().querySelector(`[data-pin="${id}"]`)
  for (const type of ["message.updated", "message.deleted"]) {
    connection.on(type, (frame) => frame.room === room && shown() && concerns(frame.message) && refreshPanel())
  }
}
