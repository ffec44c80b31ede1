// Leave for later what nobody sees at first.

const IDLE_WITHIN = 1000
const IDLE_GUESS = 200

// Calls `run` once the next frame has been painted, which a hidden page waits for; not when the signal has aborted.
export function afterPaint(run, { signal }) {
  requestAnimationFrame(() => setTimeout(() => signal.aborted || run()))
}

// Calls `run` when the browser has nothing else to do, within a second. Safari does not tell.
export function whenIdle(run) {
  if (window.requestIdleCallback) requestIdleCallback(run, { timeout: IDLE_WITHIN })
  else setTimeout(run, IDLE_GUESS)
}
