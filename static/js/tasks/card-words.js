// The words of cards that tell of tasks. The server sends the same English fragment to every user.
import { gettext } from "lib/i18n"

export const CARD_TEXTS = {
  taskCreated: gettext("New task"),
  tasksCreated: gettext("new tasks"),
  taskCompleted: gettext("Task completed"),
  tasksCompleted: gettext("tasks completed"),
  taskCompletedBy: gettext("Task completed by"),
  taskReopened: gettext("Task opened again"),
  tasksReopened: gettext("tasks opened again"),
  taskReopenedBy: gettext("Task opened again by"),
  taskAssigned: gettext("Task assigned"),
  tasksAssigned: gettext("tasks assigned"),
  taskAssignedBy: gettext("Task assigned by"),
  taskCommented: gettext("Comments on a task"),
  taskPending: gettext("Pending"),
  taskInProgress: gettext("In progress"),
  taskDone: gettext("Completed"),
  taskDeleted: gettext("Deleted task"),
  taskComment: gettext("Comment"),
  allTasks: gettext("All tasks"),
}
