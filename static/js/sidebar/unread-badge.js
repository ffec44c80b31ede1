// What the browser's own chrome shows: the title, the icon, the badge of the installed app.
const icon = document.querySelector("link[rel~=icon]")
const plainIcon = icon?.href
let title = document.title.replace(/^\(\d+\) /, "")
let shown = 0

export function showUnread({ count, any, unreadIcon }) {
  shown = count
  document.title = count ? `(${count}) ${title}` : title
  const href = any ? unreadIcon : plainIcon
  if (icon && icon.href !== href) icon.href = href
  if (any) navigator.setAppBadge?.(count || undefined)?.catch(() => {})
  else navigator.clearAppBadge?.()?.catch(() => {})
}

export function renameTitle(text) {
  title = text
  document.title = shown ? `(${shown}) ${title}` : title
}
