// Start what follows the room that the page shows, and end it when another room takes its place.
const starters = []
let removal = new AbortController()

// Calls `start` now, and again for each next room, with { room, feed, signal }: its id, its <room-feed>, and a signal
// that aborts when the room is left. Listeners that outlive the elements of a room need the signal.
export function onRoom(start) {
  starters.push(start)
  start(describeRoom())
}

export function leaveRoom() {
  removal.abort()
  removal = new AbortController()
}

export function enterRoom() {
  for (const start of starters) start(describeRoom())
}

function describeRoom() {
  const feed = document.querySelector("main room-feed")
  return { room: feed.dataset.room, feed, signal: removal.signal }
}
