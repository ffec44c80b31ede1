// Follow a link to a message that is in the feed already without loading the page again.
const PATH = /^\/rooms\/([\w-]+)\/messages\/([\w-]+)\/$/

// Returns whether the link was followed. `room` is that of the feed.
export function showLinkedMessage(link, room) {
  const [, linkedRoom, id] = link.origin === location.origin ? (link.pathname.match(PATH) ?? []) : []
  const item = linkedRoom === room && document.getElementById(`message-${id}`)
  if (!item) return false
  for (const target of document.querySelectorAll(".feed__item[data-target]")) delete target.dataset.target
  item.dataset.target = ""
  item.scrollIntoView({ block: "center" })
  item.querySelector(".message").focus({ preventScroll: true })
  return true
}
