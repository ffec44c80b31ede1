// Edit a message in place: Enter saves, Escape cancels. The composer and its draft are left alone.
import { requestJson } from "lib/api"
import { ServerUnreachable } from "lib/errors"
import { gettext } from "lib/i18n"
import { isSubmitKey } from "lib/keys"
import { showErrorToast } from "lib/toast"

// `onChange` gets the new version of the message.
export async function openEditor(item, onChange) {
  if (item.querySelector(".message__editor")) return item.querySelector("textarea").focus()
  let message
  try {
    message = await requestJson("GET", `/messages/${item.dataset.id}`)
  } catch (error) {
    return showErrorToast(gettext("This message can’t be edited now."), error)
  }
  const form = createForm(message, onChange)
  item.querySelector(".message__main").append(form)
  item.dataset.editing = ""
  const field = form.elements.content
  field.focus()
  field.setSelectionRange(field.value.length, field.value.length)
}

function createForm(message, onChange) {
  const form = document.getElementById("message-editor").content.firstElementChild.cloneNode(true)
  const field = form.elements.content
  field.value = message.content
  field.rows = Math.min(12, message.content.split("\n").length + 1)
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    saveEdit(form, message, onChange)
  })
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault()
      event.stopPropagation()
      closeEditor(form)
    } else if (isSubmitKey(event)) {
      event.preventDefault()
      form.requestSubmit()
    }
  })
  form.querySelector("[data-cancel]").addEventListener("click", () => closeEditor(form))
  return form
}

async function saveEdit(form, message, onChange) {
  const content = form.elements.content.value.trim()
  const button = form.querySelector("[type=submit]")
  if (!content) return showError(form, gettext("A message can’t be empty. Delete it instead."))
  if (content === message.content) return closeEditor(form)
  button.setAttribute("aria-busy", "true")
  try {
    const { version } = await requestJson("PATCH", `/messages/${message.id}`, { content })
    closeEditor(form)
    onChange(version)
  } catch (error) {
    const isUnreachable = error instanceof ServerUnreachable
    showError(form, isUnreachable ? `${error.message} ${gettext("Your words are still here.")}` : error.message)
  } finally {
    button.removeAttribute("aria-busy")
  }
}

function showError(form, text) {
  const error = form.querySelector(".field__error")
  error.hidden = false
  error.querySelector("[data-words]").textContent = text
  form.elements.content.setAttribute("aria-invalid", "true")
}

function closeEditor(form) {
  const item = form.closest(".feed__item")
  form.remove()
  if (!item) return
  delete item.dataset.editing
  const composer = document.querySelector("room-composer textarea")
  if (composer && !matchMedia("(pointer: coarse)").matches) composer.focus()
}
