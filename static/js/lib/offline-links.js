// Stop links while the connection is down: the browser's error page would replace what is being written.
import { connection, isServerReachable } from "lib/connection"
import { gettext } from "lib/i18n"
import { isModifiedClick } from "lib/keys"
import { showToast } from "lib/toast"

const TIMEOUT = 3000
const UNREACHABLE = gettext(
  "The server can’t be reached. This page stays open; the link works again when you’re connected.",
)
let isChecking = false

// To be called after every other listener for clicks: a link that one of them has handled leads nowhere.
export function guardLinks() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]")
    if (!link || !isDisconnected() || !leavesPage(event, link)) return
    event.preventDefault()
    followIfReachable(link)
  })
}

const isDisconnected = () => !connection.isUp && document.documentElement.dataset.connection === "down"

function leavesPage(event, { href, target, origin, hash, pathname, search, download }) {
  if (event.defaultPrevented || event.button || isModifiedClick(event)) return false
  const isAnchor = hash && pathname === location.pathname && search === location.search
  return origin === location.origin && !isAnchor && !href.endsWith("#") && !target && !download
}

// Some networks block sockets and nothing else.
async function followIfReachable({ href }) {
  if (isChecking) return
  isChecking = true
  if (await isServerReachable(TIMEOUT)) location.assign(href)
  else showToast(UNREACHABLE)
  isChecking = false
}
