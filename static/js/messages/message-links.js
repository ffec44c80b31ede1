// Follow a link to a message that is in the feed already without loading the page again.
const PATH = /^\/rooms\/([\w-]+)\/messages\/([\w-]+)\/$/

// Returns { room, id } for a link to a message of this server, else null.
export function parseMessageLink(link) {
  const match = link.origin === location.origin ? link.pathname.match(PATH) : null
  return match && { room: match[1], id: match[2] }
}

// Returns whether the link was followed. `room` is that of the feed.
export function showLinkedMessage(link, room) {
  const linked = parseMessageLink(link)
  const find = (prefix) => document.getElementById(`${prefix}-${linked.id}`)
  const item = linked?.room === room && (find("message") ?? find("reply"))
  if (!item) return false
  for (const target of document.querySelectorAll(".feed__item[data-target]")) delete target.dataset.target
  item.dataset.target = ""
  item.scrollIntoView({ block: "center" })
  item.querySelector(".message").focus({ preventScroll: true })
  return true
}
