// Remove what a user wrote and did not send from the browser once they have signed out by choice. It is kept where a
// session merely ended, and where signing out failed.
import { PrefixedStorage } from "lib/storage"
import { closeNotifications, unsubscribe } from "push/subscription"
import { currentUser } from "users/current-user"

const KEY = "signing-out"
const PATH = "/accounts/logout/"
// A page that comes later was not opened by signing out.
const MAX_AGE = 60000
const storage = new PrefixedStorage("atrium.")

export function forgetSignedOutUser() {
  const leaving = storage.get(KEY)
  storage.remove(KEY)
  const isRecent = leaving && Date.now() - leaving.at < MAX_AGE
  if (isRecent && leaving.user !== currentUser.id) forgetUser(leaving.user)
  document.addEventListener("submit", ({ target, defaultPrevented }) => {
    const { pathname } = new URL(target.getAttribute("action") ?? "", location)
    if (defaultPrevented || !currentUser.id || pathname !== PATH) return
    storage.set(KEY, { user: currentUser.id, at: Date.now() })
  })
}

function forgetUser(user) {
  new PrefixedStorage(`atrium.${user}.`).clear()
  if (storage.get("offline-user") === user) storage.remove("offline-user")
  indexedDB.deleteDatabase(`atrium.${user}.files`)
  closeNotifications().catch(() => {})
  unsubscribe().catch(() => {})
  navigator.clearAppBadge?.()?.catch(() => {})
}
