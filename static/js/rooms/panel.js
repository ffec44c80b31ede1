// Show the pages that [data-panel] links lead to in the panel beside the feed.
import { fetchFragment, submitForm } from "lib/api"
import { gettext } from "lib/i18n"
import { isModifiedClick } from "lib/keys"
import { localiseTimes } from "lib/local-time"
import { showToast } from "lib/toast"
import { enterPanel, leavePanel } from "rooms/panel-history"
import { correctPresence } from "users/presence"

let opener = null
// An answer is shown only if nothing else has been requested since.
let lastRequest = 0

export function startPanel() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-panel]")
    if (!link || isModifiedClick(event)) return
    event.preventDefault()
    if (link.getAttribute("aria-expanded") === "true") closePanel()
    else openPanel(link)
  })
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-panel-close]")) return
    event.preventDefault()
    closePanel()
  })
  document.addEventListener("submit", (event) => {
    if (event.target.closest("#panel") && !event.defaultPrevented) handleSubmit(event)
  })
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !findPanel()?.hasChildNodes()) return
    if (!document.querySelector("dialog[open], :popover-open")) closePanel()
  })
}

// Leaves the panel alone while the user works in it, and a thread, which follows the room by itself.
export async function refreshPanel() {
  const panel = findPanel(), { source } = panel.dataset
  const focused = panel.contains(document.activeElement) && document.activeElement
  const isInUse = panel.querySelector(".chip, room-feed") || (focused && !focused.matches("[data-panel-close]"))
  if (!source || isInUse) return
  if ((await showResponse(fetchFragment(source))) && focused) panel.querySelector("[data-panel-close]").focus()
}

// Another room has its own panel.
export function forgetPanel() {
  lastRequest++
  opener = null
}

const findPanel = () => document.getElementById("panel")

async function openPanel(link) {
  link.setAttribute("aria-busy", "true")
  try {
    const isInside = findPanel().contains(link)
    if (!(await showResponse(fetchFragment(link.href)))) return
    if (!isInside) markExpanded(link)
    enterPanel(closePanel)
    const field = findPanel().querySelector("room-composer textarea")
    if (!field?.matches(":focus")) findPanel().querySelector("[data-panel-close]")?.focus()
  } catch {
    showToast(gettext("The details could not be loaded. Try again in a moment."))
  } finally {
    link.removeAttribute("aria-busy")
  }
}

function closePanel() {
  const panel = findPanel()
  lastRequest++
  panel.replaceChildren()
  panel.removeAttribute("data-open")
  delete panel.dataset.source
  markAllCollapsed()
  leavePanel()
  ;(opener ?? document.querySelector("a[data-panel]"))?.focus()
}

function markExpanded(link) {
  opener = link
  markAllCollapsed()
  link.setAttribute("aria-expanded", "true")
}

function markAllCollapsed() {
  for (const link of document.querySelectorAll("a[data-panel][aria-expanded]")) link.ariaExpanded = "false"
}

// Resolves with whether the response is what the panel shows now.
async function showResponse(promise) {
  const request = ++lastRequest
  const response = await promise
  const html = await response.text()
  if (request !== lastRequest) return false
  const panel = findPanel()
  // Shown first: a thread focuses its composer as it arrives.
  panel.dataset.open = ""
  panel.innerHTML = html
  // The URL of a refused form can't be fetched to refresh the panel.
  if (response.ok) panel.dataset.source = response.url
  localiseTimes(panel)
  correctPresence(panel)
  return true
}

// Leaving or deleting a room navigates to another page; every other answer stays in the panel.
async function handleSubmit(event) {
  if (event.target.matches("[data-leaves]")) return
  event.preventDefault()
  const button = event.submitter
  button?.setAttribute("aria-busy", "true")
  try {
    await showResponse(submitForm(event.target, button))
  } catch (error) {
    showToast(error.message)
  } finally {
    button?.removeAttribute("aria-busy")
  }
}
