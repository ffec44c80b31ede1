// This browser's subscription to web push. The server is sent it with each page: it may have lost it, and browsers
// renew it by themselves.
import { requestJson } from "lib/api"
import { withTabLock } from "lib/tab-lock"

const PATH = "/me/push-subscriptions"

export const isPushSupported = () => "PushManager" in window && "Notification" in window

// Resolves with the server's description of this browser. Rejects where the user, the browser or the server refuses.
export const subscribe = (registration) => subscribeBy(registration, {})

async function subscribeBy(registration, values) {
  const { public_key: key } = await requestJson("GET", `${PATH}/key`)
  const former = await registration.pushManager.getSubscription()
  // Under another key nothing would arrive.
  if (former && !hasKey(former, key)) await former.unsubscribe()
  const options = { userVisibleOnly: true, applicationServerKey: decodeKey(key) }
  const subscription = await registration.pushManager.subscribe(options)
  return requestJson("POST", PATH, { ...subscription.toJSON(), ...values })
}

// Without a question: only where the user has allowed notifications, and not turned them off here or elsewhere since.
export async function renewSubscription(registration) {
  if (!isPushSupported() || Notification.permission !== "granted") return
  try {
    const former = await registration.pushManager.getSubscription()
    if (former) await subscribeBy(registration, { renews: former.endpoint })
  } catch (error) {
    if (error.code === "turned_off") await unsubscribe()
    // Else the next page tries it again.
  }
}

// For this browser alone; the server learns it from the caller, or from the next push.
export async function unsubscribe() {
  const registration = await navigator.serviceWorker?.getRegistration()
  const subscription = await registration?.pushManager?.getSubscription()
  await subscription?.unsubscribe()
}

// Those that this browser shows of notifications with these tags, or all.
export async function closeNotifications(tags) {
  const registration = await navigator.serviceWorker?.getRegistration()
  // Of the worker, too: Chromium forgets a notification that is being shown while they are listed.
  const shown = (await withTabLock("notifications", () => registration?.getNotifications?.())) ?? []
  for (const notification of shown) if (!tags || tags.includes(notification.tag)) notification.close()
}

function hasKey({ options }, key) {
  const bytes = new Uint8Array(options.applicationServerKey ?? [])
  const wanted = decodeKey(key)
  return bytes.length === wanted.length && wanted.every((byte, index) => byte === bytes[index])
}

function decodeKey(key) {
  const text = atob(key.replaceAll("-", "+").replaceAll("_", "/"))
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}
