// Compare a room that was shown without asking the server with what the server has, so that what it shows is wrong for
// no longer than the answer takes, whatever the socket did not tell.
import { RequestRefused } from "lib/errors"
import { renewKept } from "rooms/kept-rooms"
import { showRoom, showToken } from "rooms/show-room"

const RETRY_DELAY = 3000

// Takes the page that was shown, as it is kept, until the signal aborts.
export async function compareWithServer({ address, surroundings }, signal) {
  try {
    const fresh = await renewKept(address)
    if (signal.aborted) return
    const { page } = fresh
    if (page.isForeign || page.address !== address) location.assign(address)
    else if (page.surroundings !== surroundings) showRoom(fresh.take(), findFeed().places.read())
    else {
      showToken(page.token)
      findFeed().requireVersion(Number(page.main.querySelector("room-feed").dataset.version))
    }
  } catch (error) {
    if (signal.aborted) return
    if (error instanceof RequestRefused) location.assign(address)
    else setTimeout(() => signal.aborted || compareWithServer({ address, surroundings }, signal), RETRY_DELAY)
  }
}

const findFeed = () => document.querySelector("main room-feed")
