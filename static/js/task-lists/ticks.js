// Complete tasks by a tick, and open them again by another.
import { requestJson } from "lib/api"
import { gettext } from "lib/i18n"
import { showErrorToast, showToast } from "lib/toast"
import { showTasks } from "task-lists/refresh"

export function startTicks() {
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-ticks]")
    if (button) tick(button)
  })
}

export async function tick(button) {
  const row = button.closest("li[data-task]")
  const id = row.dataset.task
  const isCompleted = button.ariaPressed === "true"
  showTicked(row, button, !isCompleted)
  const send = (method) => requestJson(method, `/tasks/${id}/completion`)
  try {
    await send(isCompleted ? "DELETE" : "PUT")
  } catch (error) {
    showTicked(row, button, isCompleted)
    showErrorToast(gettext("Not saved."), error)
    return
  }
  const undo = async () => {
    const tell = (error) => showErrorToast(gettext("That could not be undone."), error)
    await send(isCompleted ? "PUT" : "DELETE").catch(tell)
    await showTasks([id])
  }
  const words = isCompleted ? gettext("The task is open again.") : gettext("The task is completed.")
  showToast(words, { label: gettext("Undo"), run: undo })
  await showTasks([id])
}

function showTicked(row, button, isCompleted) {
  button.ariaPressed = String(isCompleted)
  row.classList.toggle("task-row--done", isCompleted)
}
