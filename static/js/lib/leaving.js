// Leave the page by a link or a form only when the server can be reached: else the browser's error page would replace
// what is being written. The page stays, says so, and tries again.
import { connection } from "lib/connection"
import { gettext } from "lib/i18n"
import { isModifiedClick } from "lib/keys"
import { hideOutage, showOutage } from "lib/outage-notice"
import { doubtReachability, isServerReachable, wasReachableJustNow } from "lib/reachability"

const TIMEOUT = 4000
const ASK_INTERVAL = 2000
const RETRY_DELAYS = [2000, 4000, 8000, 15000]
const TEXTS = {
  link: gettext("The server can’t be reached. This page stays open; the link is followed once you’re connected."),
  form: gettext("The server can’t be reached. What you entered is still here, and is sent once you’re connected."),
}
const checkedForms = new WeakSet()
// The latest attempt to leave; an earlier one is given up.
let current = null
let askedAt = -ASK_INTERVAL

// The listeners of documents run first: what one of them has handled leads nowhere.
export function guardLeaving() {
  addEventListener("click", handleClick)
  addEventListener("submit", handleSubmit)
  addEventListener("pagehide", giveUp)
  connection.addEventListener("down", doubtReachability)
  // Whoever goes on writing would be torn away.
  addEventListener("input", giveUp)
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
  if (isConnected()) return giveUp()
  event.preventDefault()
  leave("link", () => location.assign(link.href))
}

function handleSubmit(event) {
  const { target: form, submitter } = event
  // Fields named `action` or `method` hide the properties of the form.
  const read = (name) => submitter?.getAttribute(`form${name}`) ?? form.getAttribute(name) ?? ""
  const isOurs = new URL(read("action"), location).origin === location.origin
  if (event.defaultPrevented || read("method") === "dialog" || !isOurs || read("target")) return
  if (isConnected() || checkedForms.delete(form)) return giveUp()
  event.preventDefault()
  const button = submitter ?? form.querySelector("[type=submit]")
  leave("form", () => submitChecked(form, submitter), button)
}

// `button` is busy while the server is asked.
async function leave(kind, go, button) {
  giveUp()
  const attempt = (current = { timer: 0, kind })
  for (let tries = 0; attempt === current; tries++) {
    if (button) button.ariaBusy = "true"
    const isReachable = await isServerReachable(TIMEOUT)
    if (button) button.ariaBusy = null
    if (attempt !== current) return
    if (isReachable) {
      giveUp()
      return go()
    }
    showOutage(TEXTS[kind], { onRetry: () => attempt.wake?.(), onCancel: giveUp })
    await waitForRetry(attempt, RETRY_DELAYS[Math.min(tries, RETRY_DELAYS.length - 1)])
  }
}

function waitForRetry(attempt, delay) {
  return new Promise((resolve) => {
    attempt.wake = resolve
    attempt.timer = setTimeout(resolve, delay)
    addEventListener("online", resolve, { once: true })
  })
}

function giveUp() {
  clearTimeout(current?.timer)
  current = null
  hideOutage()
}

function submitChecked(form, submitter) {
  if (!form.isConnected) return
  checkedForms.add(form)
  form.requestSubmit(submitter?.isConnected ? submitter : null)
  checkedForms.delete(form)
}

function leavesPage({ href, target, origin, hash, pathname, search, download }) {
  if (!href || origin !== location.origin || target || download) return false
  const isAnchor = hash && pathname === location.pathname && search === location.search
  return !isAnchor && !href.endsWith("#")
}
