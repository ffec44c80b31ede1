// Wait a moment after the last letter of a draft. One that another tab has gone on with, or sent, is no longer waited
// for: that tab saves it.
import { onDraftChangeElsewhere } from "messages/drafts"

const timers = new Map()

export function startTimer(key, delay, callback) {
  clearTimeout(timers.get(key))
  timers.set(key, setTimeout(() => callback(key), delay))
}

export function stopTimer(key) {
  clearTimeout(timers.get(key))
  timers.delete(key)
}

export const listWaiting = () => [...timers.keys()]

onDraftChangeElsewhere(stopTimer)
