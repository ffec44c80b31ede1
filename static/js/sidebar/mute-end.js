// Call a function when the mute of a room ends.

// The clocks of browsers differ from ours: a room that is still muted is asked about again, and not at once.
const MIN_DELAY = 5000
// What setTimeout can wait for.
const MAX_DELAY = 2 ** 31 - 1

let timer = 0

// Replaces what was to be called before. `moment` in milliseconds since 1970, Infinity for never.
export function callAt(moment, callback) {
  clearTimeout(timer)
  const delay = Math.max(moment - Date.now(), MIN_DELAY)
  if (delay <= MAX_DELAY) timer = setTimeout(callback, delay)
}
