// Open a popover next to the button that was pressed, inside the window: under its end, or its start with `side`.
const GAP = 6
// In windows that are lower still, a popover covers what it belongs to.
const MIN_HEIGHT = 200

// `owner`, what the popover is about, has the attribute data-active while the popover is open.
export function openPopover(popover, button, owner, side = "end") {
  clearActive()
  owner?.setAttribute("data-active", "")
  popover.showPopover()
  const anchor = button.getBoundingClientRect()
  // What is being written stays in sight.
  const around = (button.closest(".composer") ?? button).getBoundingClientRect()
  const above = around.top - 2 * GAP
  const below = innerHeight - around.bottom - 2 * GAP
  popover.style.setProperty("--popover-room", `${Math.max(above, below, MIN_HEIGHT)}px`)
  const { offsetWidth: width, offsetHeight: height } = popover
  const top = height <= below ? around.bottom + GAP : Math.max(GAP, around.top - GAP - height)
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
