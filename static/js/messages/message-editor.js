// Editing in place: Enter keeps, Esc gives up. The composer and its draft are left alone.
import { Unreachable, api } from "lib/api"
import { sendsOnEnter } from "lib/keys"
import { toast } from "lib/toast"
import { because, gettext } from "lib/i18n"

// `changed` hears of the version that the message has afterwards.
export async function openEditor(item, changed) {
  if (item.querySelector(".message__editor")) return item.querySelector("textarea").focus()
  const { id } = item.dataset
  let message
  try {
    message = await api("GET", `/messages/${id}`)
  } catch (error) {
    return toast(because(gettext("This message can’t be edited now."), error))
  }
  const form = document.getElementById("message-editor").content.firstElementChild.cloneNode(true)
  const field = form.elements.content
  field.value = message.content
  field.rows = Math.min(12, message.content.split("\n").length + 1)
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    save(form, message, changed)
  })
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault()
      event.stopPropagation()
      close(form)
    } else if (sendsOnEnter(event)) {
      event.preventDefault()
      form.requestSubmit()
    }
  })
  form.querySelector("[data-cancel]").addEventListener("click", () => close(form))
  item.querySelector(".message__main").append(form)
  item.dataset.editing = ""
  field.focus()
  field.setSelectionRange(field.value.length, field.value.length)
}

async function save(form, { id, content: before }, changed) {
  const content = form.elements.content.value.trim()
  const button = form.querySelector("[type=submit]")
  if (!content) return complain(form, gettext("A message can’t be empty. Delete it instead."))
  if (content === before) return close(form)
  button.setAttribute("aria-busy", "true")
  try {
    const { version } = await api("PATCH", `/messages/${id}`, { content })
    close(form)
    changed(version)
  } catch (error) {
    complain(form, error instanceof Unreachable ? `${error.message} ${gettext("Your words are still here.")}` : error.message)
  } finally {
    button.removeAttribute("aria-busy")
  }
}

function complain(form, text) {
  const error = form.querySelector(".field__error")
  error.hidden = !text
  error.querySelector("[data-words]").textContent = text
  form.elements.content.setAttribute("aria-invalid", "true")
}

function close(form) {
  const item = form.closest(".feed__item")
  form.remove()
  if (!item) return
  delete item.dataset.editing
  const composer = document.querySelector("room-composer textarea")
  if (composer && !matchMedia("(pointer: coarse)").matches) composer.focus()
}
