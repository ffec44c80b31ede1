// Forward a message: choose a room or a person in a dialog, and add a comment.
import { fetchFragment, readText, requestJson } from "lib/api"
import { gettext, interpolate } from "lib/i18n"
import { showToast } from "lib/toast"
import { createUuid } from "lib/uuid"
import { correctPresence } from "users/presence"

const TYPING_PAUSE = 150

let removal = new AbortController()

export async function openForwardDialog(id, excerpt) {
  removal.abort()
  removal = new AbortController()
  const { signal } = removal
  const dialog = document.getElementById("forward-dialog")
  const [find, comment] = ["forward-find", "forward-comment"].map((name) => document.getElementById(name))
  find.value = comment.value = ""
  dialog.querySelector(".dialog__excerpt").textContent = excerpt
  showError(dialog, "")
  const clientId = createUuid()
  let timer = 0
  find.addEventListener(
    "input",
    () => {
      clearTimeout(timer)
      timer = setTimeout(() => showDestinations(dialog, id, find), TYPING_PAUSE)
    },
    { signal },
  )
  dialog.querySelector("form").addEventListener(
    "submit",
    (event) => {
      event.preventDefault()
      forward(dialog, id, { comment: comment.value, client_id: clientId })
    },
    { signal },
  )
  dialog.addEventListener("close", () => removal.abort(), { signal })
  await showDestinations(dialog, id, find)
  dialog.showModal()
  find.focus()
}

async function showDestinations(dialog, id, find) {
  const query = find.value.trim()
  const list = dialog.querySelector("[data-content]")
  try {
    const response = await fetchFragment(`/messages/${id}/destinations/?${new URLSearchParams({ q: query })}`)
    const html = await readText(response)
    if (query !== find.value.trim()) return
    list.innerHTML = html
    correctPresence(list)
  } catch (error) {
    showError(dialog, error.message)
  }
}

async function forward(dialog, id, body) {
  const chosen = dialog.querySelector("[name=destination]:checked")
  if (!chosen) return
  const button = dialog.querySelector("[type=submit], .btn--primary")
  button.setAttribute("aria-busy", "true")
  try {
    await requestJson("POST", `/messages/${id}/forward`, { ...body, [chosen.dataset.kind]: chosen.value })
    dialog.close()
    const name = chosen.closest("label").querySelector("[data-words]").textContent
    showToast(interpolate(gettext("Forwarded to %(name)s."), { name }))
  } catch (error) {
    showError(dialog, error.message)
  } finally {
    button.removeAttribute("aria-busy")
  }
}

function showError(dialog, text) {
  const error = dialog.querySelector(".field__error")
  error.hidden = !text
  error.querySelector("[data-words]").textContent = text
}
