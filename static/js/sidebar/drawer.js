// Open the sidebar as a drawer on small screens. It holds the focus, closes with Escape and Back, and gives the focus
// back. While it is open it has an entry in the window's history, in whose place comes what is opened from it.
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
  addEventListener("popstate", () => isInHistory() || close())
  // Back led to a page that had been left by the open drawer.
  if (isInHistory()) history.back()
}

const isOpen = () => sidebar.hasAttribute("data-open")
const isInHistory = () => Boolean(history.state?.isDrawer)

// While it is open it is a dialog, all else being out of reach.
function openDrawer(link) {
  opener = link
  history.pushState({ ...history.state, isDrawer: true }, "")
  sidebar.setAttribute("data-open", "")
  Object.assign(sidebar, { role: "dialog", ariaModal: "true", ariaLabel: sidebar.parentElement.ariaLabel })
  setRestInert(true)
  sidebar.querySelector("a, button")?.focus()
}

export function closeDrawer() {
  if (isOpen() && isInHistory()) history.back()
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
