// Keys for the feed of the room from anywhere but a field: J to the first unread message, G to a date. Shift+Page Up is
// J from an empty composer too.
import { gettext } from "lib/i18n"
import { isField, isLetterKey } from "lib/keys"
import { showErrorToast, showToast } from "lib/toast"
import { openDateJump } from "messages/date-jump"

export function startFeedKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || document.querySelector("dialog:modal, :popover-open")) return
    const run = findAction(event)
    if (!run) return
    event.preventDefault()
    run()
  })
}

export async function goToFirstUnread() {
  try {
    const hasGone = await document.querySelector("main room-feed").places.goToFirstUnread()
    if (!hasGone) showToast(gettext("Nothing is unread."))
  } catch (error) {
    showErrorToast(gettext("The messages could not be loaded."), error)
  }
}

function findAction(event) {
  const { key, shiftKey, ctrlKey, altKey, metaKey, target } = event
  const isInField = isField(target)
  const isFree = !isInField || (target.matches("textarea") && !target.value)
  if (key === "PageUp" && shiftKey && !ctrlKey && !altKey && !metaKey && isFree) return goToFirstUnread
  if (isInField || shiftKey) return null
  if (isLetterKey(event, "j")) return goToFirstUnread
  return isLetterKey(event, "g") ? () => openDateJump() : null
}
