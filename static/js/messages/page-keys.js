// Let Page Up and Page Down in a composer scroll its feed.
const DIRECTIONS = { PageUp: -1, PageDown: 1 }
// Of the visible part, as browsers do.
const PAGE = 0.875

export function scrollFeedByPage(event, feed) {
  const direction = DIRECTIONS[event.key]
  if (!direction || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return
  event.preventDefault()
  feed.scrollBy({ top: direction * feed.clientHeight * PAGE })
}
