// Show what this browser keeps of a user: messages that wait to be sent, and drafts, which can be written on.
import { gettext } from "lib/i18n"
import { buildDraftStore, listDraftKeys, parseKey, readDraft } from "messages/drafts"
import { listEntries } from "messages/outbox-entries"
import { currentUser } from "users/current-user"
import { readRoomName } from "web-app/room-names"

export function startKeptTexts(section) {
  if (!currentUser.id) return
  const describe = ({ content, files = [] }) => content || files.map(({ name }) => name).join(", ")
  const waiting = listEntries().map((entry) =>
    buildRow({ room: entry.room, content: describe(entry), note: gettext("Not sent yet") }),
  )
  const drafts = listDraftKeys()
    .filter((key) => readDraft(key).content)
    .map(buildDraftRow)
  if (!waiting.length && !drafts.length) return
  section.querySelector("ul").replaceChildren(...waiting, ...drafts)
  section.hidden = false
}

function buildDraftRow(key) {
  const place = parseKey(key)
  const store = buildDraftStore(place)
  const note = place.thread ? gettext("Draft in a thread") : gettext("Draft")
  const row = buildRow({ room: place.room, content: store.read(), note, isEditable: true })
  row.querySelector("textarea").addEventListener("input", ({ target }) => store.save(target.value))
  return row
}

function buildRow({ room, content, note, isEditable }) {
  const row = document.getElementById("kept-row").content.firstElementChild.cloneNode(true)
  const name = readRoomName(room) ?? gettext("A room")
  row.querySelector("[data-name]").textContent = name
  row.querySelector("[data-note]").textContent = note
  const field = row.querySelector("textarea")
  field.value = content
  field.readOnly = !isEditable
  field.ariaLabel = `${name}: ${note}`
  return row
}
