// Wait a little before what has changed is fetched again. Every member hears of a new channel at once; a random delay
// spreads their requests.
const MAX_RANDOM_DELAY = 300

// Of the socket: what they tell of is drawn by the server.
export const RELOADING_EVENTS = [
  "thread.read", "thread.unfollowed", "reports.counted",
  "room.created", "room.updated", "room.removed", "room.settings",
  "project.created", "project.updated", "project.removed",
  "scheduled.saved", "scheduled.deleted", "reminder.saved", "reminder.deleted",
]

export class ReloadTimer {
  #callback
  #timer = 0
  #at = 0

  constructor(callback) {
    this.#callback = callback
  }

  // In milliseconds; a shorter delay replaces the one that is running.
  start(delay) {
    const at = performance.now() + delay
    if (this.#timer && at >= this.#at) return
    this.#at = at
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#run(), delay + Math.random() * MAX_RANDOM_DELAY)
  }

  #run() {
    this.#timer = 0
    this.#callback()
  }
}
