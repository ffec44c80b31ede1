// Says one's status from any page: the dialog begins with what is said now, and what is said shows by itself once others hear it.
import { csrfToken, page } from "lib/api"
import { me } from "users/current-user"

export function startStatusDialog() {
  const dialog = document.getElementById("status-dialog")
  const form = dialog.querySelector("form")
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-sets-status]")
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    document.getElementById("user-menu").hidePopover()
    fill(form)
    dialog.showModal()
  })
  form.addEventListener("click", ({ target }) => {
    const idea = target.closest("[data-text]")?.dataset
    if (!idea) return
    Object.assign(form.elements.emoji, { value: idea.emoji })
    Object.assign(form.elements.text, { value: idea.text })
    Object.assign(form.elements.clear_after, { value: idea.clear })
    form.elements.text.focus()
  })
  form.addEventListener("submit", async (event) => {
    event.preventDefault()
    if (await send(form, event.submitter)) dialog.close()
  })
}

function fill(form) {
  const now = document.querySelector(`[data-status="${CSS.escape(me.id)}"]`)
  const until = now?.dataset.expires
  const { emoji, text, clear_after: clear } = form.elements
  emoji.value = now?.firstChild?.nodeValue?.trim() ?? ""
  text.value = now?.title ?? ""
  const kept = clear.querySelector("[value=keep]")
  kept.hidden = kept.disabled = !until
  clear.value = until ? "keep" : ""
  form.querySelector("[data-clears]").hidden = !emoji.value
  say(form, "")
}

async function send(form, button) {
  button?.setAttribute("aria-busy", "true")
  try {
    const body = new FormData(form, button)
    const answer = await page(form.action, { method: "POST", body, headers: { "X-CSRFToken": csrfToken() } })
    if (answer.ok) return true
    say(form, await answer.text())
  } catch (error) {
    say(form, error.message)
  } finally {
    button?.removeAttribute("aria-busy")
  }
  return false
}

function say(form, words) {
  const fault = form.querySelector("[role=alert]")
  fault.hidden = !words
  fault.querySelector("[data-words]").textContent = words
}
