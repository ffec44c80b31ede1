// Fetch the main parts of a room's page, which scripts put in the place of those that are shown; ahead of time where a
// link is about to be followed. What came ahead is used once, and not after anything was heard of its room.
import { fetchFragment, readText } from "lib/api"
import { connection } from "lib/connection"
import { currentUser } from "users/current-user"

const TIMEOUT = 10000
const MAX_AGE = 10000
const MAX_AHEAD = 3
// They come all the time, and what they tell is no part of a page or put right when it is shown.
const IGNORED_FRAMES = ["typing", "presence", "pong"]
// By address: { at, page }, of which `page` is a promise.
const pagesAhead = new Map()

connection.on("frame", forgetOutdated)
connection.addEventListener("down", () => pagesAhead.clear())

// Resolves with { address, main, panel, title, token }; without the three first of an address that shows no room in
// this window's frame: `isForeign`. Rejects as fetchFragment does.
export function fetchRoomPage(address, signal) {
  const ahead = takeAhead(address)
  return ahead ? ahead.catch(() => requestPage(address, signal)) : requestPage(address, signal)
}

export function fetchAhead(address) {
  if (findAhead(address)) return
  pagesAhead.set(address, { at: performance.now(), page: requestPage(address) })
  pagesAhead.get(address).page.catch(() => pagesAhead.delete(address))
  if (pagesAhead.size > MAX_AHEAD) pagesAhead.delete(pagesAhead.keys().next().value)
}

function findAhead(address) {
  const ahead = pagesAhead.get(address)
  return ahead && performance.now() - ahead.at < MAX_AGE ? ahead.page : null
}

function takeAhead(address) {
  const page = findAhead(address)
  pagesAhead.delete(address)
  return page
}

function forgetOutdated({ type, room }) {
  if (IGNORED_FRAMES.includes(type)) return
  const id = room?.id ?? room
  for (const address of pagesAhead.keys()) if (!id || address.includes(id)) pagesAhead.delete(address)
}

async function requestPage(address, signal) {
  const timeout = AbortSignal.timeout(TIMEOUT)
  const response = await fetchFragment(address, {
    headers: { "X-Fragment": "main" },
    cache: "no-store",
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
  })
  return parsePage(response.url, await readText(response))
}

function parsePage(url, html) {
  const page = new DOMParser().parseFromString(html, "text/html")
  const main = page.querySelector("main")
  const isOurs = page.body.dataset.homeUrl === currentUser.homeUrl && describeFrame(page) === describeFrame(document)
  return {
    isForeign: !isOurs || !main?.querySelector("room-feed"),
    address: new URL(url).pathname + new URL(url).search,
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
