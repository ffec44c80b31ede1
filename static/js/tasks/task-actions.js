// What the buttons and the forms of a task's details do, by their names in `data-task-action` and `data-task-form`.
import { cancelDescription, editDescription, saveDescription } from "tasks/description"
import { detachFile } from "tasks/file-removal"
import { saveRecurrence } from "tasks/recurrence"
import { relateTask, removeRelation } from "tasks/relations"
import { addSubtask } from "tasks/subtasks"
import { deleteShownTask } from "tasks/task-deletion"
import { addTimeEntry, deleteTimeEntry, startTimer, stopTimer } from "tasks/time-tracking"
import { toggleWatch } from "tasks/watching"

// Each gets the details and the button.
export const ACTIONS = {
  "edit-description": editDescription,
  "cancel-description": cancelDescription,
  "delete-task": deleteShownTask,
  "start-timer": startTimer,
  "stop-timer": stopTimer,
  "delete-time": deleteTimeEntry,
  watch: toggleWatch,
  "detach-file": detachFile,
  "remove-relation": removeRelation,
}

// Each gets the details and the form.
export const FORMS = {
  description: saveDescription,
  subtask: addSubtask,
  time: addTimeEntry,
  relation: relateTask,
  recurrence: saveRecurrence,
}
