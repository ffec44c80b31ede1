// Opens a popover next to what was pressed, inside the window, and keeps the message it belongs to marked meanwhile.
const GAP = 6

export function openBeside(popover, opener) {
  const article = opener.closest(".message")
  article?.setAttribute("data-active", "")
  popover.addEventListener("toggle", ({ newState }) => newState === "closed" && article?.removeAttribute("data-active"), { once: true })
  popover.hidePopover()
  popover.showPopover()
  const at = opener.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = popover
  const below = at.bottom + GAP + height <= innerHeight ? at.bottom + GAP : Math.max(GAP, at.top - GAP - height)
  popover.style.top = `${below}px`
  popover.style.left = `${Math.max(GAP, Math.min(at.right - width, innerWidth - width - GAP))}px`
}
