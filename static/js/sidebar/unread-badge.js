// Show unread messages in the browser's own interface: the title, the icon, the badge of the installed app.
const icon = document.querySelector("link[rel~=icon]")
const readIcon = icon?.href
let title = document.title.replace(/^\(\d+\) /, "")
let unreadCount = 0
// Of the installed app; null while it may be that of an earlier page.
let badgeCount = null

// `isElsewhere` tells whether anything waits in another room than the one that is open.
export function showTotal({ count, isElsewhere }, unreadIcon) {
  for (const dot of document.querySelectorAll("[data-unread-elsewhere]")) dot.hidden = !isElsewhere
  unreadCount = count
  updateTitle()
  const href = count ? unreadIcon : readIcon
  if (icon && icon.href !== href) icon.href = href
  showBadge(count)
}

function showBadge(count) {
  if (count === badgeCount) return
  badgeCount = count
  if (count) navigator.setAppBadge?.(count)?.catch(() => {})
  else navigator.clearAppBadge?.()?.catch(() => {})
}

export function setTitle(text) {
  title = text
  updateTitle()
}

function updateTitle() {
  const text = unreadCount ? `(${unreadCount}) ${title}` : title
  if (document.title !== text) document.title = text
}
