// Register the service worker once a page has nothing better to do, and do what it asks for.
import { connection } from "lib/connection"
import { PrefixedStorage } from "lib/storage"
import { followLink } from "navigation/follow-link"
import { closeNotifications, renewSubscription } from "push/subscription"
import { currentUser } from "users/current-user"

// Milliseconds after the page has loaded, in browsers that don't say when they are idle.
const PAUSE = 2000
// Of the push that sums up several.
const SUMMARY_TAG = "summary"
const storage = new PrefixedStorage("atrium.")

// `onIdle` is called then too, for what belongs to an app that is installed.
export function startWebApp(onIdle) {
  storage.set("offline-user", currentUser.id)
  navigator.serviceWorker?.addEventListener("message", ({ data }) => data?.type === "open" && followLink(data.url))
  // What this browser shows of them goes without a push, which some browsers would have to show.
  for (const type of ["notification.read", "notification.removed"]) {
    connection.on(type, ({ ids, unread }) => closeNotifications(unread ? ids : [...ids, SUMMARY_TAG]))
  }
  whenIdle(async () => {
    onIdle?.()
    const registration = await registerServiceWorker()
    if (registration) await renewSubscription(registration)
  })
}

// Resolves with null where there are no service workers, as over plain HTTP.
export async function registerServiceWorker() {
  try {
    return (await navigator.serviceWorker?.register("/service-worker.js", { updateViaCache: "none" })) ?? null
  } catch {
    return null
  }
}

function whenIdle(run) {
  const wait = () => (window.requestIdleCallback ? requestIdleCallback(run) : setTimeout(run, PAUSE))
  if (document.readyState === "complete") wait()
  else addEventListener("load", wait, { once: true })
}
