// Follow links from room to room, and Back and Forward, without loading a page: the frame and the socket stay. Whatever
// can't be shown so is loaded as a page. A room that is kept is shown at once, and compared with the server's.
import { afterPaint } from "lib/after-paint"
import { ServerUnavailable, ServerUnreachable, RequestRefused } from "lib/errors"
import { isModifiedClick } from "lib/keys"
import { leavesPage, waitToLeave } from "lib/leaving"
import { createUuid } from "lib/uuid"
import { acceptAddress, isAddressShown, pushAddress, readShownAddress, replaceAddress } from "rooms/address"
import { fetchAhead, fetchRoomPage, takeKept } from "rooms/kept-rooms"
import { fetchLikely, fetchLikelyOnSign } from "rooms/likely-rooms"
import { compareWithServer } from "rooms/shown-room"
import { showRoom } from "rooms/show-room"

const ROOM = /^\/rooms\/[\w-]{36}\/(messages\/[\w-]{36}\/|details\/|pins\/)?$/
const THREAD = /^\/messages\/[\w-]{36}\/thread\/$/
// How long the pointer or the focus rests on a link that is about to be followed.
const REST = 65
// Where the reader left the feed, by entry of the window's history.
const places = new Map()
let entry = createUuid()
// The latest attempt; an earlier one is given up.
let attempt = new AbortController()
let restTimer = 0

// To be called after `guardLeaving`, which waits for a server that can't be reached.
export function startSwitching() {
  history.replaceState({ ...history.state, entry }, "")
  addEventListener("click", handleClick)
  addEventListener("popstate", handlePopState)
  for (const type of ["pointerover", "focusin", "likely"]) addEventListener(type, fetchSoon, { passive: true })
  addEventListener("pointerdown", ({ target }) => fetchNow(findLink(target)), { passive: true })
  fetchLikelyOnSign(attempt.signal)
}

function findLink(target) {
  const link = target.closest?.("a[href]")
  if (!link || !leavesPage(link) || link.hash || link.matches("[data-panel]")) return null
  return ROOM.test(link.pathname) || THREAD.test(link.pathname) ? link : null
}

function handleClick(event) {
  const link = findLink(event.target)
  if (!link || event.defaultPrevented || event.button || isModifiedClick(event)) return
  event.preventDefault()
  clearTimeout(restTimer)
  const address = link.pathname + link.search
  link.ariaBusy = "true"
  open(address, (shown) => {
    if (shown === readShownAddress()) return replaceAddress(shown)
    entry = createUuid()
    pushAddress(shown, { entry })
  }).finally(() => (link.ariaBusy = null))
}

function handlePopState({ state }) {
  const next = state?.entry ?? createUuid()
  // Only the place within the page is another.
  if (isAddressShown()) {
    attempt.abort()
    return (entry = next)
  }
  open(location.pathname + location.search, () => {
    entry = next
    acceptAddress()
  })
}

// `commit` makes the address that is given the window's.
async function open(address, commit) {
  attempt.abort()
  attempt = new AbortController()
  const { signal } = attempt
  try {
    const kept = takeKept(address)
    const page = kept ?? (await fetchRoomPage(address, signal))
    if (signal.aborted) return
    if (page.isForeign) return location.assign(address)
    const left = `/rooms/${findFeed().dataset.room}/`
    places.set(entry, findFeed().places.read())
    commit(page.address)
    showRoom(page, places.get(entry))
    const goOn = () => {
      if (kept) compareWithServer(kept, signal)
      fetchLikely(left, signal)
    }
    afterPaint(goOn, { signal })
  } catch (error) {
    if (!signal.aborted) await loadPage(address, error, signal)
  }
}

const findFeed = () => document.querySelector("main room-feed")

async function loadPage(address, error, signal) {
  const isAnswer = error instanceof RequestRefused || error instanceof ServerUnavailable
  if (!isAnswer && !(error instanceof ServerUnreachable)) reportError(error)
  if (isAnswer || (await waitToLeave())) return signal.aborted || location.assign(address)
  // The user stays on what is shown, also where Back has been pressed.
  if (!signal.aborted && !isAddressShown()) replaceAddress(readShownAddress())
}

function fetchSoon({ target }) {
  clearTimeout(restTimer)
  const link = findLink(target)
  if (link) restTimer = setTimeout(() => fetchNow(link), REST)
}

function fetchNow(link) {
  const isRoom = link?.pathname.startsWith("/rooms/") && !link.matches("[aria-current=page]")
  if (isRoom) fetchAhead(link.pathname + link.search)
}
