// Fold the sections of the sidebar, and leave out rooms in which nothing is new: at once here, then on the server,
// which tells the user's other windows.
import { submitForm } from "lib/api"
import { connection } from "lib/connection"
import { gettext } from "lib/i18n"
import { showToast } from "lib/toast"

const FOLDED = "sidebar_folded_"
const UNREAD_ONLY = "sidebar_unread_only"

export function startArrangement() {
  document.addEventListener("submit", (event) => {
    if (event.target.id !== "sidebar-form") return
    event.preventDefault()
    arrange(event.submitter)
  })
  document.addEventListener("keydown", (event) => {
    const isFilterKey = event.code === "KeyU" && event.shiftKey && (event.ctrlKey || event.metaKey) && !event.altKey
    if (!isFilterKey || event.isComposing || document.querySelector("dialog[open]")) return
    event.preventDefault()
    arrange(document.querySelector("[data-filters]"))
  })
  connection.on("me.updated", ({ metadata }) => showArrangement(metadata))
}

async function arrange(button) {
  const { name, value } = button
  const form = document.getElementById("sidebar-form")
  // Read before the button changes.
  const sent = submitForm(form, button)
  if (name === "unread_only") showFilter(value === "on")
  else showFolded(findSection(value), name === "fold")
  try {
    await sent
  } catch (error) {
    showToast(error.message)
    if (name === "unread_only") showFilter(value !== "on")
    else showFolded(findSection(value), name !== "fold")
  }
}

function showArrangement(metadata) {
  for (const section of document.querySelectorAll("[data-section]")) {
    showFolded(section, metadata[FOLDED + section.dataset.section] === true)
  }
  showFilter(metadata[UNREAD_ONLY] === true)
}

const findSection = (name) => document.querySelector(`[data-section="${CSS.escape(name)}"]`)

function showFolded(section, isFolded) {
  section?.toggleAttribute("data-folded", isFolded)
  const button = section?.querySelector("[data-folds]")
  if (!button) return
  button.name = isFolded ? "unfold" : "fold"
  button.ariaExpanded = String(!isFolded)
}

function showFilter(isOn) {
  document.getElementById("sidebar").toggleAttribute("data-unread-only", isOn)
  const button = document.querySelector("[data-filters]")
  button.value = isOn ? "off" : "on"
  button.ariaPressed = String(isOn)
  button.title = isOn ? gettext("Show all rooms") : gettext("Show unread rooms only")
}
