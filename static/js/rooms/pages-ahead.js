// Fetch pages of messages and panels of a room ahead, where a link to them is about to be followed. What came ahead is
// used once, and not after anything was heard of its room.
import { connection } from "lib/connection"
import { requestPage } from "rooms/room-pages"

const MAX_AGE = 10000
const MAX_AHEAD = 3
// They come all the time, and what they tell is no part of a page or put right when it is shown.
const IGNORED_FRAMES = ["typing", "presence", "pong"]
// By address: { at, page }, of which `page` is a promise.
const pagesAhead = new Map()

connection.on("frame", forgetOutdated)
connection.addEventListener("down", () => pagesAhead.clear())

// Resolves with a page, fetched now unless it came ahead.
export function takePageAhead(address, signal) {
  const ahead = findAhead(address)
  pagesAhead.delete(address)
  return ahead ? ahead.catch(() => requestPage(address, signal)) : requestPage(address, signal)
}

export function fetchPageAhead(address) {
  if (findAhead(address)) return
  pagesAhead.set(address, { at: performance.now(), page: requestPage(address) })
  pagesAhead.get(address).page.catch(() => pagesAhead.delete(address))
  if (pagesAhead.size > MAX_AHEAD) pagesAhead.delete(pagesAhead.keys().next().value)
}

function findAhead(address) {
  const ahead = pagesAhead.get(address)
  return ahead && performance.now() - ahead.at < MAX_AGE ? ahead.page : null
}

function forgetOutdated({ type, room }) {
  if (IGNORED_FRAMES.includes(type)) return
  const id = room?.id ?? room
  for (const address of pagesAhead.keys()) if (!id || address.includes(id)) pagesAhead.delete(address)
}
