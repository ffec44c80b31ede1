// Lead from the picker to where emoji are added. The picker is the same for all users, the organisation's menu knows
// who may add some.
export function offerAdding(popover) {
  const page = document.querySelector("[data-adds-emoji]")
  const link = popover.querySelector("[data-add-emoji]")
  link.hidden = !page
  if (page) link.href = page.href
}
