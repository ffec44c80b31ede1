// The sidebar as a drawer on small screens: opens from the bar, holds the focus, closes with Esc and gives it back.
const sidebar = document.getElementById("sidebar")
const small = matchMedia("(max-width: 47.5rem)")
let opener = null

export function startDrawer() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href="#sidebar"], .drawer-scrim')
    if (!link) return
    event.preventDefault()
    if (link.matches(".drawer-scrim")) close()
    else open(link)
  })
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !isOpen() || event.defaultPrevented || document.querySelector(":popover-open")) return
    event.preventDefault()
    close()
  })
  small.addEventListener("change", () => close())
}

const isOpen = () => sidebar.hasAttribute("data-open")

function open(link) {
  opener = link
  sidebar.setAttribute("data-open", "")
  others().forEach((zone) => (zone.inert = true))
  sidebar.querySelector("a, button")?.focus()
}

function close() {
  if (!isOpen()) return
  sidebar.removeAttribute("data-open")
  others().forEach((zone) => (zone.inert = false))
  opener?.focus()
}

const others = () => document.querySelectorAll(".app > :not(.workspace), .skip-link")
