// Let authors tick the boxes of task lists in their messages: each time the message is edited.
import { requestJson } from "lib/api"
import { gettext } from "lib/i18n"
import { showErrorToast } from "lib/toast"

const BOXES = ".message__body .task-item input"

// `onChange` gets the new version of the message.
export function startTaskBoxes(feed, onChange) {
  feed.addEventListener("change", ({ target }) => target.matches(BOXES) && tick(target, onChange))
}

// As all that stands in a message, they are reached by the arrow keys.
export function enableTaskBoxes(item, canEdit) {
  for (const box of item.querySelectorAll(BOXES)) Object.assign(box, { disabled: !canEdit, tabIndex: -1 })
}

async function tick(box, onChange) {
  const item = box.closest(".feed__item")
  const index = [...item.querySelectorAll(BOXES)].indexOf(box)
  try {
    const body = { done: box.checked }
    const { version } = await requestJson("PUT", `/messages/${item.dataset.id}/tasks/${index}`, body)
    onChange(version)
  } catch (error) {
    box.checked = !box.checked
    showErrorToast(gettext("Not done."), error)
  }
}
