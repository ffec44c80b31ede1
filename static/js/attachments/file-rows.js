// The rows of a list of files that are on their way: they come and go with these, and have buttons for them.
import { connection } from "lib/connection"
import { gettext, interpolate } from "lib/i18n"
import { discardFile, saveAltText } from "attachments/chosen-files"
import { chooseAgain } from "attachments/chosen-again"
import { listDraftFiles, onFileChange, readFile, updateFile } from "attachments/stored-files"
import { TrayRow } from "attachments/tray-row"
import { announce } from "messages/announcer"

// Until the signal aborts. `place` is what the files belong to, `home` gets the focus when the last one is removed.
export function showFileRows(list, place, { home, signal }) {
  const rows = new Map()
  const update = () => updateRows(list, rows, listDraftFiles(place))
  onFileChange(update, { signal })
  for (const type of ["up", "down"]) connection.addEventListener(type, update, { signal })
  list.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-act]")
    if (button) act(button.dataset.act, button.closest("[data-file]"), home)
  })
  update()
}

function updateRows(list, rows, files) {
  for (const id of rows.keys()) if (!files.some((file) => file.id === id)) removeRow(rows, id)
  files.forEach((file, index) => {
    if (!rows.has(file.id)) rows.set(file.id, buildRow(file))
    const { element } = rows.get(file.id)
    // One that is moved would lose the focus.
    if (list.children[index] !== element) list.insertBefore(element, list.children[index] ?? null)
    rows.get(file.id).show(file)
  })
  list.hidden = !files.length
}

function buildRow(file) {
  const { id } = file
  const onDescribe = (altText) => updateFile(id, { altText })
  // For the draft on other devices. What fails is tried again when it is sent.
  const onDescribed = () => readFile(id)?.assetId && saveAltText(readFile(id)).catch(() => {})
  return new TrayRow(file, { onDescribe, onDescribed })
}

function removeRow(rows, id) {
  rows.get(id).element.remove()
  rows.delete(id)
}

function act(name, row, home) {
  const id = row.dataset.file
  if (name === "pause") updateFile(id, { isPaused: true })
  if (name === "resume") updateFile(id, { isPaused: false })
  if (name === "retry" && readFile(id).failure.kind === "lost") chooseAgain(id)
  else if (name === "retry") updateFile(id, { failure: null })
  if (!["cancel", "remove"].includes(name)) return
  const next = row.nextElementSibling ?? row.previousElementSibling
  announce(interpolate(gettext("%(name)s removed."), { name: readFile(id).name }))
  discardFile(id)
  ;(next?.querySelector(`[data-act=${name}]`) ?? home).focus({ preventScroll: true })
}
