// Fetch the main parts of a room's page, which scripts put in the place of those that are shown.
import { fetchFragment, readText } from "lib/api"
import { currentUser } from "users/current-user"

const TIMEOUT = 10000

// Resolves with { address, main, panel, title, token, html }; without the three after the first of an address that
// shows no room in this window's frame: `isForeign`. Rejects as fetchFragment does.
export async function requestPage(address, signal) {
  const timeout = AbortSignal.timeout(TIMEOUT)
  const response = await fetchFragment(address, {
    headers: { "X-Fragment": "main" },
    cache: "no-store",
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
  })
  const { pathname, search } = new URL(response.url)
  return parsePage(pathname + search, await readText(response))
}

export function parsePage(address, html) {
  const page = new DOMParser().parseFromString(html, "text/html")
  const main = page.querySelector("main")
  const isOurs = page.body.dataset.homeUrl === currentUser.homeUrl && describeFrame(page) === describeFrame(document)
  return {
    isForeign: !isOurs || !main?.querySelector("room-feed"),
    address,
    html,
    title: page.title,
    main,
    panel: page.getElementById("panel"),
    token: page.querySelector("[name=csrfmiddlewaretoken]")?.value,
  }
}

// All that the scripts and the frame of a page depend on: the version of the scripts, the user, and their settings.
function describeFrame({ documentElement: root }) {
  return JSON.stringify([root.lang, Object.entries({ ...root.dataset, connection: undefined }).sort()])
}
