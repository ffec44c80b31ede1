// Leave for later what nobody sees at first.

// Calls `run` once the next frame has been painted, which a hidden page waits for; not when the signal has aborted.
export function afterPaint(run, { signal }) {
  requestAnimationFrame(() => setTimeout(() => signal.aborted || run()))
}
