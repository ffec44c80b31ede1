// Entry point of the board of a project.
import { startCardMenu } from "board/card-menu"
import { startDrag } from "board/drag"
import { startFocus } from "board/focus"
import { startKeys } from "board/keys"
import { startLive } from "board/live"
import { startQuickAdd } from "board/quick-add"
import { refreshBoard } from "board/refresh"
import { startSelection } from "board/selection"
import { startSavedViews } from "task-lists/saved-views"
import { startFilterBar } from "tasks/filter-bar"
import "elements/task-details"

startFilterBar(refreshBoard)
startSavedViews()
startSelection()
startFocus()
startLive()
startKeys()
if (document.getElementById("board").hasAttribute("data-may-write")) {
  startCardMenu()
  startDrag()
  startQuickAdd()
}
