// Know the rooms in which something waits to be sent: a text, files in the tray of a composer, or a message that is
// being edited.
import { listFiles, onFileChange } from "attachments/stored-files"
import { isEmpty, listDraftKeys, onDraftsChange, parseKey, readDraft } from "messages/drafts"
import { listEditedRooms, onEditsChange } from "messages/stored-edits"

export function listRoomsWithDrafts() {
  const written = listDraftKeys().filter((key) => !isEmpty(readDraft(key)))
  return new Set([...[...written, ...listFilePlaces()].map((key) => parseKey(key).room), ...listEditedRooms()])
}

export function onDraftedRoomsChange(callback) {
  onDraftsChange(callback)
  onEditsChange(callback)
  // Files change with each part that is uploaded.
  let known = String(listFilePlaces())
  onFileChange(() => {
    const places = String(listFilePlaces())
    if (places !== known) callback()
    known = places
  })
}

// Keys of drafts. Those that a message has are no longer in a tray.
const listFilePlaces = () => [...new Set(listFiles().filter(({ isTaken }) => !isTaken).map(({ place }) => place))]
