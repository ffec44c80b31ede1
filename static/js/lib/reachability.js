// Ask the server whether it can be reached, and remember its answer for a moment.
const ANSWER_TIMEOUT = 10000
// What a proxy answers when the server behind it is down. A sick server of ours answers 503 in JSON, and still serves.
const GATEWAY_STATUSES = [502, 503, 504]
// For how long an answer counts, in milliseconds: that to the press before a click, and hardly longer.
const FRESH = 1000
let pending = null
let latest = { isReachable: true, until: 0 }

// Requests that are asked for at once share an answer.
export function isServerReachable(timeout = ANSWER_TIMEOUT) {
  pending ??= askServer(timeout).then((isReachable) => {
    latest = { isReachable, until: performance.now() + FRESH }
    pending = null
    return isReachable
  })
  return pending
}

export function doubtReachability() {
  latest.until = 0
}

export const wasReachableJustNow = () => latest.isReachable && performance.now() < latest.until

async function askServer(timeout) {
  try {
    const signal = AbortSignal.timeout(timeout)
    const { status, headers } = await fetch("/api/v1/health", { cache: "no-store", signal })
    const isOurs = headers.get("Content-Type")?.includes("json")
    return isOurs || !GATEWAY_STATUSES.includes(status)
  } catch {
    return false
  }
}
