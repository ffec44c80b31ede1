// Entry point of the pages of tasks but for the board: list and triage, calendar, one's own tasks, a single task.
import { refreshParts } from "navigation/page-parts"
import { startDragging } from "task-lists/calendar-drag"
import { refreshCalendar, startCalendar } from "task-lists/calendar"
import { followTasks } from "task-lists/live-tasks"
import { startNewTask } from "task-lists/new-task"
import { onTasksChanged } from "task-lists/refresh"
import { startRowKeys } from "task-lists/row-keys"
import { refreshRows } from "task-lists/row-list"
import { findRow } from "task-lists/rows"
import { startSavedViews } from "task-lists/saved-views"
import { followClock, refreshSections } from "task-lists/sections"
import { startSelection } from "task-lists/selection"
import { startTicks } from "task-lists/ticks"
import { startFilterBar } from "tasks/filter-bar"
import { currentUser } from "users/current-user"
import "elements/task-details"

const find = (name) => document.querySelector(`[data-${name}]`)
const list = find("task-list"), calendar = find("calendar")

if (list) startList(list.dataset)
else if (calendar) startMonth(calendar.dataset)
else if (find("my-tasks")) startMyTasks()

function startList({ project }) {
  onTasksChanged(refreshRows)
  startFilterBar()
  startNewTask()
  startSavedViews()
  startSelection()
  startRowKeys()
  followTasks({ isShown: (of) => of === project, reload: refreshParts })
}

function startMonth({ project }) {
  onTasksChanged(refreshCalendar)
  startFilterBar()
  startNewTask()
  startSavedViews()
  startCalendar()
  startRowKeys()
  startDragging()
  followTasks({ isShown: (of) => of === project, reload: refreshParts })
}

function startMyTasks() {
  const isMine = ({ assignees }) => assignees.some(({ id }) => id === currentUser.id)
  onTasksChanged(refreshSections)
  startNewTask()
  startTicks()
  startRowKeys()
  followClock()
  followTasks({ isShown: (project, id, task) => Boolean(findRow(id)) || isMine(task), reload: refreshSections })
}
