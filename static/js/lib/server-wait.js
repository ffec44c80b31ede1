// Wait for a server that can't be reached: say so, ask it again and again, and stop when the user gives up or goes on.
import { gettext } from "lib/i18n"
import { hideOutage, showOutage } from "lib/outage-notice"
import { isServerReachable } from "lib/reachability"

export const TIMEOUT = 4000
const RETRY_DELAYS = [2000, 4000, 8000, 15000]
export const TEXTS = {
  link: gettext("The server can’t be reached. This page stays open; the link is followed once you’re connected."),
  form: gettext("The server can’t be reached. What you entered is still here, and is sent once you’re connected."),
}
// The latest attempt; an earlier one is given up.
let current = null

// Resolves with true once the server can be reached, with false once the user gives up. `button` is busy meanwhile.
// Whoever goes on writing gives up, wherever it is; with `form` only a change of the form itself counts.
export async function waitForServer(text, { button, form } = {}) {
  stopWaiting()
  const attempt = (current = { form, isOver: false, wake: null, timer: 0 })
  for (let tries = 0; !attempt.isOver; tries++) {
    if (button) button.ariaBusy = "true"
    const isReachable = await isServerReachable(TIMEOUT)
    if (button) button.ariaBusy = null
    if (attempt.isOver) break
    if (isReachable) {
      stopWaiting()
      return true
    }
    showOutage(text, { onRetry: () => attempt.wake?.(), onCancel: stopWaiting })
    await waitForRetry(attempt, RETRY_DELAYS[Math.min(tries, RETRY_DELAYS.length - 1)])
  }
  return false
}

export function stopWaiting() {
  if (!current) return
  current.isOver = true
  current.wake?.()
  current = null
  hideOutage()
}

export function stopWaitingOnInput({ target }) {
  if (!current?.form || current.form.contains(target)) stopWaiting()
}

function waitForRetry(attempt, delay) {
  return new Promise((resolve) => {
    attempt.wake = () => {
      clearTimeout(attempt.timer)
      resolve()
    }
    attempt.timer = setTimeout(resolve, delay)
    addEventListener("online", resolve, { once: true })
  })
}
