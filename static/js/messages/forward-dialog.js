// Forward a message: choose a room or a person in a dialog, and add a comment.
import { fetchFragment, readText, requestJson } from "lib/api"
import { gettext, interpolate } from "lib/i18n"
import { createUuid } from "lib/uuid"
import { openMessageDialog, showDialogError } from "messages/message-dialog"
import { correctPresence } from "users/presence"

const TYPING_PAUSE = 150

export async function openForwardDialog(id, excerpt) {
  const dialog = document.getElementById("forward-dialog")
  const [find, comment] = ["forward-find", "forward-comment"].map((name) => document.getElementById(name))
  find.value = comment.value = ""
  await showDestinations(dialog, id, find)
  const clientId = createUuid()
  const send = () => forward(dialog, id, { comment: comment.value, client_id: clientId })
  const signal = openMessageDialog(dialog, excerpt, send)
  let timer = 0
  const search = () => {
    clearTimeout(timer)
    timer = setTimeout(() => showDestinations(dialog, id, find), TYPING_PAUSE)
  }
  find.addEventListener("input", search, { signal })
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
    showDialogError(dialog, "")
  } catch (error) {
    showDialogError(dialog, error.message)
  }
}

async function forward(dialog, id, body) {
  const chosen = dialog.querySelector("[name=destination]:checked")
  if (!chosen) throw new Error(gettext("Choose a room or a person."))
  await requestJson("POST", `/messages/${id}/forward`, { ...body, [chosen.dataset.kind]: chosen.value })
  const name = chosen.closest("label").querySelector("[data-words]").textContent
  return interpolate(gettext("Forwarded to %(name)s."), { name })
}
