// Leave the page by a link or a form only when the server can be reached: else the browser's error page would replace
// what is being written. The page stays, says so, and tries again.
import { connection } from "lib/connection"
import { isModifiedClick } from "lib/keys"
import { doubtReachability, isServerReachable, wasReachableJustNow } from "lib/reachability"
import { stopWaiting, stopWaitingOnInput, TEXTS, TIMEOUT, waitForServer } from "lib/server-wait"

const ASK_INTERVAL = 1000
const checkedForms = new WeakSet()
let askedAt = -ASK_INTERVAL

// The listeners of documents run first: what one of them has handled leads nowhere.
export function guardLeaving() {
  addEventListener("click", handleClick)
  addEventListener("submit", handleSubmit)
  addEventListener("pagehide", stopWaiting)
  connection.addEventListener("down", doubtReachability)
  // Whoever goes on writing would be torn away.
  addEventListener("input", stopWaitingOnInput)
  // While a form is filled in, so that the answer is there when it is sent.
  for (const type of ["input", "pointerdown"]) addEventListener(type, askInTime, { passive: true })
}

const isConnected = () => navigator.onLine && (connection.isUp || wasReachableJustNow())

// Pages without a socket know of the server only by asking.
function askInTime({ target, timeStamp }) {
  const isControl = target.form || target.closest?.("a[href], button")
  if (!isControl || connection.isUp || timeStamp - askedAt < ASK_INTERVAL) return
  askedAt = timeStamp
  isServerReachable(TIMEOUT)
}

function handleClick(event) {
  const link = event.target.closest?.("a[href]")
  if (!link || event.defaultPrevented || event.button || isModifiedClick(event) || !leavesPage(link)) return
  if (isConnected()) return stopWaiting()
  event.preventDefault()
  leave(TEXTS.link, () => location.assign(link.href))
}

function handleSubmit(event) {
  const { target: form, submitter } = event
  // Fields named `action` or `method` hide the properties of the form.
  const read = (name) => submitter?.getAttribute(`form${name}`) ?? form.getAttribute(name) ?? ""
  const isOurs = new URL(read("action"), location).origin === location.origin
  if (event.defaultPrevented || read("method") === "dialog" || !isOurs || read("target")) return
  if (isConnected() || checkedForms.delete(form)) return stopWaiting()
  event.preventDefault()
  const button = submitter ?? form.querySelector("[type=submit]")
  leave(TEXTS.form, () => submitChecked(form, submitter), button)
}

async function leave(text, go, button) {
  if (await waitForServer(text, { button })) go()
}

function submitChecked(form, submitter) {
  if (!form.isConnected) return
  checkedForms.add(form)
  form.requestSubmit(submitter?.isConnected ? submitter : null)
  checkedForms.delete(form)
}

// Resolves with whether the page may be left for a link, once the server can be reached.
export const waitToLeave = () => waitForServer(TEXTS.link)

export function leavesPage({ href, target, origin, hash, pathname, search, download }) {
  if (!href || origin !== location.origin || target || download) return false
  const isAnchor = hash && pathname === location.pathname && search === location.search
  return !isAnchor && !href.endsWith("#")
}
