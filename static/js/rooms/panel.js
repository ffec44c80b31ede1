// The zone on the right. Its links are real pages; here their middle is fetched and shown beside the feed.
import { csrfToken, page } from "lib/api"
import { localise } from "lib/local-time"
import { correctPresence } from "users/presence"
import { toast } from "lib/toast"
import { gettext } from "lib/i18n"

let opener = null
// Grows with everything that is asked of the panel: an answer to an earlier wish comes too late.
let wish = 0

export function startPanel() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-panel]")
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    if (link.getAttribute("aria-expanded") === "true") close()
    else open(link)
  })
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-panel-close]")) return
    event.preventDefault()
    close()
  })
  document.addEventListener("submit", (event) => event.target.closest("#panel") && submit(event))
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !panel().hasChildNodes()) return
    if (!document.querySelector("dialog[open], :popover-open")) close()
  })
}

// What it shows has changed while it was open.
export async function refreshPanel() {
  const { source } = panel().dataset
  const focused = panel().contains(document.activeElement) && document.activeElement
  if (!source || (focused && !focused.matches("[data-panel-close]"))) return
  if ((await show(page(source))) && focused) panel().querySelector("[data-panel-close]").focus()
}

function expand(link) {
  opener = link
  collapse()
  link.setAttribute("aria-expanded", "true")
}

function collapse() {
  for (const link of document.querySelectorAll("a[data-panel][aria-expanded]")) link.setAttribute("aria-expanded", "false")
}

const panel = () => document.getElementById("panel")

async function open(link) {
  link.setAttribute("aria-busy", "true")
  try {
    const turnsPage = panel().contains(link)
    if (!(await show(page(link.href)))) return
    if (!turnsPage) expand(link)
    panel().querySelector("[data-panel-close]")?.focus()
  } catch {
    toast(gettext("The details could not be loaded. Try again in a moment."))
  } finally {
    link.removeAttribute("aria-busy")
  }
}

function close() {
  wish++
  panel().replaceChildren()
  panel().removeAttribute("data-open")
  delete panel().dataset.source
  collapse()
  const { room } = document.querySelector("room-feed")?.dataset ?? {}
  if ([`/rooms/${room}/details/`, `/rooms/${room}/pins/`].includes(location.pathname)) history.replaceState(null, "", `/rooms/${room}/`)
  ;(opener ?? document.querySelector("a[data-panel]"))?.focus()
}

async function show(answer) {
  const mine = ++wish
  const response = await answer
  const html = await response.text()
  if (mine !== wish) return false
  panel().innerHTML = html
  panel().dataset.open = ""
  // Where a form was refused there is nothing to read again.
  if (response.ok) panel().dataset.source = response.url
  localise(panel())
  correctPresence(panel())
  return true
}

// Leaving or deleting a room leads to another page; everything else stays in the panel.
async function submit(event) {
  if (event.target.matches("[data-leaves]")) return
  event.preventDefault()
  const button = event.submitter
  button?.setAttribute("aria-busy", "true")
  try {
    const body = new FormData(event.target, button)
    await show(page(event.target.action, { method: "POST", body, headers: { "X-CSRFToken": csrfToken() } }))
  } catch (error) {
    toast(error.message)
  } finally {
    button?.removeAttribute("aria-busy")
  }
}
