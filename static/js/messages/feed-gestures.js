// What messages of a feed answer to beside their buttons: a long press, a selection, a box that is ticked.
import { showToolbarOnLongPress } from "messages/long-press"
import { startQuoting } from "messages/selection-quote"
import { startTaskBoxes } from "messages/task-boxes"

export function startFeedGestures(feed, { permissions, onChange, signal }) {
  showToolbarOnLongPress(feed)
  startTaskBoxes(feed, onChange)
  if (permissions.canWrite) startQuoting(feed, { signal })
}
