// Edit a message in place: Enter saves, Escape cancels. Until then the edit is kept like a draft, by message. The
// composer and its draft are left alone.
import { requestJson } from "lib/api"
import { ServerUnreachable } from "lib/errors"
import { gettext } from "lib/i18n"
import { isSubmitKey } from "lib/keys"
import { showErrorToast } from "lib/toast"
import { announceEdited } from "messages/absent-users"
import { completeWhileTyping } from "messages/completion"
import { DraftField } from "messages/draft-field"
import { trimMessage } from "messages/message-text"
import { confirmReach, mayReachMany } from "messages/reach"
import { onEditChangeElsewhere, readEdit, removeEdit, saveEdit } from "messages/stored-edits"

// `onChange` gets the new version of the message; `signal` aborts when the feed is gone.
export async function openEditor(item, { room, onChange, signal }) {
  if (item.querySelector(".message__editor")) return item.querySelector("textarea").focus()
  try {
    const { id, content } = await requestJson("GET", `/messages/${item.dataset.id}`)
    // Meanwhile a newer version may have replaced it.
    if (!item.isConnected) item = document.getElementById(item.id)
    showForm(item, createForm({ id, room, original: content, content, onChange, signal }))
  } catch (error) {
    return showErrorToast(gettext("This message can’t be edited now."), error)
  }
  const field = item.querySelector(".message__editor textarea")
  field.focus()
  field.setSelectionRange(field.value.length, field.value.length)
}

// Shows the editor again where an edit was begun and neither saved nor cancelled.
export function restoreEditor(item, options) {
  const { id } = item.dataset
  const edit = readEdit(id)
  if (edit && !item.querySelector(".message__editor")) showForm(item, createForm({ ...edit, id, ...options }))
}

function showForm(item, form) {
  item.querySelector(".message__main").append(form)
  item.dataset.editing = ""
}

function createForm({ id, room, original, content, onChange, signal }) {
  const form = document.getElementById("message-editor").content.firstElementChild.cloneNode(true)
  const field = form.elements.content
  field.value = content
  field.rows = Math.min(12, content.split("\n").length + 1)
  const store = {
    read: () => readEdit(id)?.content ?? original,
    save: (text) => (text === original ? removeEdit(id) : saveEdit(id, { room, original, content: text })),
    onChangeElsewhere: (call, options) => onEditChangeElsewhere(id, (text = original) => call(text), options),
  }
  const draft = new DraftField(field, store, { onReplace: () => readEdit(id) || closeEditor(form), signal })
  const close = () => {
    field.value = original
    draft.finish()
    closeEditor(form)
  }
  completeWhileTyping(field, { room })
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    submitEdit(form, { id, room, original, onChange, close })
  })
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault()
      event.stopPropagation()
      close()
    } else if (isSubmitKey(event)) {
      event.preventDefault()
      form.requestSubmit()
    }
  })
  form.querySelector("[data-cancel]").addEventListener("click", close)
  return form
}

async function submitEdit(form, { id, room, original, onChange, close }) {
  const content = trimMessage(form.elements.content.value)
  const button = form.querySelector("[type=submit]")
  if (!content) return showError(form, gettext("A message can’t be empty. Delete it instead."))
  if (content === original) return close()
  const isNews = mayReachMany(content) && !mayReachMany(original)
  if (isNews && !(await confirmEdit(id, room, content))) return form.elements.content.focus()
  button.setAttribute("aria-busy", "true")
  try {
    const message = await requestJson("PATCH", `/messages/${id}`, { content })
    close()
    onChange(message.version)
    announceEdited(message)
  } catch (error) {
    const isUnreachable = error instanceof ServerUnreachable
    showError(form, isUnreachable ? `${error.message} ${gettext("Your words are still here.")}` : error.message)
  } finally {
    button.removeAttribute("aria-busy")
  }
}

// A reply is in its room too where it has a number there; the feed may not have come that far.
async function confirmEdit(id, room, content) {
  const message = await requestJson("GET", `/messages/${id}`).catch(() => null)
  return !message || confirmReach({ room, thread: message.thread_id, alsoInRoom: message.seq !== null }, content)
}

function showError(form, text) {
  const error = form.querySelector(".field__error")
  error.hidden = false
  error.querySelector("[data-words]").textContent = text
  form.elements.content.setAttribute("aria-invalid", "true")
}

function closeEditor(form) {
  const item = form.closest(".feed__item")
  const hasFocus = form.contains(document.activeElement)
  form.remove()
  if (!item) return
  delete item.dataset.editing
  const composer = document.querySelector("room-composer textarea")
  if (hasFocus && composer && !matchMedia("(pointer: coarse)").matches) composer.focus()
}
