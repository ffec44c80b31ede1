// Open the sidebar as a drawer on small screens. It holds the focus, closes with Escape and Back, and gives the focus
// back.
import { enterOverlay, leaveOverlay } from "lib/overlay-history"

const sidebar = document.getElementById("sidebar")
const smallScreen = matchMedia("(max-width: 47.5rem)")
let opener = null

export function startDrawer() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href="#sidebar"], .drawer-scrim')
    if (!link) return
    event.preventDefault()
    if (link.matches(".drawer-scrim")) closeDrawer()
    else openDrawer(link)
  })
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return
    if (!isOpen() || document.querySelector(":popover-open")) return
    event.preventDefault()
    closeDrawer()
  })
  smallScreen.addEventListener("change", closeDrawer)
}

const isOpen = () => sidebar.hasAttribute("data-open")

// While it is open it is a dialog, all else being out of reach.
function openDrawer(link) {
  opener = link
  enterOverlay(close)
  sidebar.setAttribute("data-open", "")
  Object.assign(sidebar, { role: "dialog", ariaModal: "true", ariaLabel: sidebar.parentElement.ariaLabel })
  setRestInert(true)
  sidebar.querySelector("a, button")?.focus()
}

export function closeDrawer() {
  if (!isOpen()) return
  leaveOverlay()
  close()
}

function close() {
  if (!isOpen()) return
  sidebar.removeAttribute("data-open")
  Object.assign(sidebar, { role: null, ariaModal: null, ariaLabel: null })
  setRestInert(false)
  opener?.focus()
}

function setRestInert(inert) {
  for (const zone of document.querySelectorAll(".app > :not(.workspace), .skip-link")) zone.inert = inert
}
