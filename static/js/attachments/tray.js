// The files over the text of a composer. Loaded with the first file that is chosen, or where there are some.
import { interpolate, ngettext } from "lib/i18n"
import { keepFile } from "attachments/chosen-files"
import { admitFiles } from "attachments/file-limits"
import { showFileRows } from "attachments/file-rows"
import { offerLongText } from "attachments/long-text"
import { listDraftFiles, readFile } from "attachments/stored-files"
import { announce } from "messages/announcer"
import { buildKey } from "messages/drafts"
import "attachments/uploading"

// Returns the ids of those that were added. `place`: { room, thread }
export function addFiles(place, files, { altText = "" } = {}) {
  const key = buildKey(place)
  const composer = findComposer(key)
  const { admitted, refusals } = admitFiles(files, listDraftFiles(key).length, composer?.dataset ?? {})
  if (composer) showRefusals(composer, refusals)
  const ids = admitted.map((file) => keepFile(key, file, { altText }))
  const text = ngettext("%(count)s file attached.", "%(count)s files attached.", ids.length)
  if (ids.length) announce(interpolate(text, { count: ids.length }))
  return ids
}

export function offerAsFile(composer, place, text) {
  offerLongText(composer, text, (file) => addFiles(place, [file]))
}

export function focusFile(composer, id) {
  const { name, failure } = readFile(id)
  const row = composer.querySelector(`.tray__file[data-file="${id}"]`)
  row?.querySelector(":is([data-act=retry], [data-act=remove]):not([hidden])").focus()
  announce(`${name}: ${failure.words}`)
}

// Until the signal aborts.
export function showTray(composer, place, { signal }) {
  const list = composer.querySelector(".tray")
  const field = composer.querySelector("textarea")
  showFileRows(list, buildKey(place), { home: field, signal })
  // Enter would send the message.
  list.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches(".tray__alt")) return
    event.preventDefault()
    field.focus({ preventScroll: true })
  })
}

function findComposer(key) {
  const composers = [...document.querySelectorAll("room-composer")]
  return composers.find(({ dataset: { room, thread = null } }) => buildKey({ room, thread }) === key)
}

function showRefusals(composer, refusals) {
  const box = composer.querySelector(".tray__refusal")
  box.textContent = refusals.join(" ")
  box.hidden = !refusals.length
  composer.addEventListener("submit", () => (box.hidden = true), { once: true })
}
