// While the line is down a link would replace the page, and what is being written, by the browser's own error page.
import { connection, reachable } from "lib/connection"
import { toast } from "lib/toast"
import { gettext } from "lib/i18n"

const PATIENCE = 3000
let asking = false

// Called last: what another listener has taken over leads nowhere.
export function startHoldingLinks() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]")
    if (!link || !isDown() || !leadsAway(event, link)) return
    event.preventDefault()
    followWhenReachable(link)
  })
}

const isDown = () => !connection.isUp && document.documentElement.dataset.connection === "down"

function leadsAway(event, { href, target, origin, hash, pathname, search, download }) {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return false
  const staysHere = hash && pathname === location.pathname && search === location.search
  return origin === location.origin && !staysHere && !href.endsWith("#") && !target && !download
}

// Where sockets don't pass the server may be there all the same.
async function followWhenReachable({ href }) {
  if (asking) return
  asking = true
  if (await reachable(PATIENCE)) location.assign(href)
  else toast(gettext("The server can’t be reached. This page stays open; the link works again when you’re connected."))
  asking = false
}
