// Make a message that was not sent a draft again, before what was written since.
import { buildDraftStore } from "messages/drafts"

// `entry` as in outbox-entries.js.
export function restoreDraft({ room, thread, content, origin, alsoInRoom }) {
  const composers = [...document.querySelectorAll("room-composer")]
  const shown = composers.find(({ dataset }) => dataset.room === room && (dataset.thread ?? null) === thread)
  const join = (since) => [content, since].filter((text) => text.trim()).join("\n\n")
  const store = buildDraftStore({ room, thread })
  if (!shown) {
    store.save(join(store.read()))
    if (origin) store.saveOrigin(origin)
    return
  }
  const field = shown.querySelector("textarea")
  field.value = join(field.value)
  field.dispatchEvent(new InputEvent("input", { bubbles: true }))
  const choice = shown.querySelector("[name=also_in_room]")
  if (choice) choice.checked = alsoInRoom
  if (origin) shown.dispatchEvent(new CustomEvent("quote", { detail: origin }))
}
