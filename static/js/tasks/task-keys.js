// Keys in the details of a task: Enter saves the title, Ctrl+Enter the description, and Escape closes what is open.
import { isComposing } from "lib/keys"
import { cancelDescription, saveDescription } from "tasks/description"

export function handleKey(details, event) {
  const { key, target } = event
  if (isComposing(event)) return
  if (key === "Enter" && target.id === "task-title") {
    event.preventDefault()
    target.blur()
  } else if (key === "Enter" && (event.ctrlKey || event.metaKey) && target.id === "task-description") {
    saveDescription(details)
  } else if (key === "Escape" && target.closest("details[open], [data-task-form=description]")) {
    event.preventDefault()
    const picker = target.closest("details[open]")
    if (!picker) return cancelDescription(details)
    picker.open = false
    picker.querySelector("summary").focus()
  }
}
