// Open the sidebar as a drawer on small screens. It holds the focus, closes with Escape and gives the focus back.
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

function openDrawer(link) {
  opener = link
  sidebar.setAttribute("data-open", "")
  setRestInert(true)
  sidebar.querySelector("a, button")?.focus()
}

export function closeDrawer() {
  if (!isOpen()) return
  sidebar.removeAttribute("data-open")
  setRestInert(false)
  opener?.focus()
}

function setRestInert(inert) {
  for (const zone of document.querySelectorAll(".app > :not(.workspace), .skip-link")) zone.inert = inert
}
