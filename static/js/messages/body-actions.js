// What can be done with the text of messages in a feed: quote a part of it, tick boxes.
import { startQuoting } from "messages/selection-quote"
import { startTaskBoxes } from "messages/task-boxes"

export function startBodyActions(feed, { permissions, onChange, signal }) {
  startTaskBoxes(feed, { permissions, onChange })
  if (permissions.canWrite) startQuoting(feed, { signal })
}
