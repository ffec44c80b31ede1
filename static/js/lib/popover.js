// Opens a popover next to what was pressed, inside the window, and keeps the message it belongs to marked meanwhile.
const GAP = 6

export function openBeside(popover, opener) {
  unmark()
  opener.closest(".message")?.setAttribute("data-active", "")
  popover.showPopover()
  const at = opener.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = popover
  const below = at.bottom + GAP + height <= innerHeight ? at.bottom + GAP : Math.max(GAP, at.top - GAP - height)
  popover.style.top = `${below}px`
  popover.style.left = `${Math.max(GAP, Math.min(at.right - width, innerWidth - width - GAP))}px`
}

// Told late: by now another may be open.
document.addEventListener("toggle", ({ target }) => target.matches(".popover") && !document.querySelector(".popover:popover-open") && unmark(), true)

function unmark() {
  for (const article of document.querySelectorAll(".message[data-active]")) article.removeAttribute("data-active")
}
