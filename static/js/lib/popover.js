// Open a popover next to the button that was pressed, inside the window: under its end, or its start with `side`.
const GAP = 6

// `owner`, what the popover is about, has the attribute data-active while the popover is open.
export function openPopover(popover, button, owner, side = "end") {
  clearActive()
  owner?.setAttribute("data-active", "")
  popover.showPopover()
  const anchor = button.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = popover
  const below = anchor.bottom + GAP
  const top = below + height <= innerHeight ? below : Math.max(GAP, anchor.top - GAP - height)
  popover.style.setProperty("--popover-top", `${top}px`)
  const left = side === "start" ? anchor.left : anchor.right - width
  popover.style.setProperty("--popover-left", `${Math.max(GAP, Math.min(left, innerWidth - width - GAP))}px`)
}

// The event comes late: by now another popover may be open.
function handleToggle({ target }) {
  if (target.matches(".popover") && !document.querySelector(".popover:popover-open")) clearActive()
}

// Not only `owner`: a newer version may have taken its place.
function clearActive() {
  for (const owner of document.querySelectorAll("[data-active]")) owner.removeAttribute("data-active")
}

document.addEventListener("toggle", handleToggle, true)
