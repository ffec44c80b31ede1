// Show what is pushed, and open what is clicked. The server decides what is pushed: browsers take a subscription away
// whose pushes show nothing, so that every one shows something here.
self.addEventListener("push", (event) => event.waitUntil(handlePush(event.data)))
self.addEventListener("notificationclick", (event) => {
  event.notification.close()
  event.waitUntil(openPage(event.notification.data?.url))
})
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renewSubscription(event)))

async function handlePush(data) {
  const payload = readPayload(data)
  showBadge(payload.app_badge)
  if (payload.close) return closeNotifications(payload.close)
  await withShown(() => showNotification(payload.notification ?? {}))
}

// Chromium forgets a notification that is being shown while any page or worker lists them.
const withShown = (work) => (self.navigator.locks ? self.navigator.locks.request("notifications", work) : work())

const showNotification = ({ title, body, navigate, lang, tag, silent }) =>
  self.registration.showNotification(title || config.title, {
    body: title ? body : config.text,
    lang,
    tag,
    silent: Boolean(silent),
    // One that has grown is told again.
    renotify: Boolean(tag) && !silent,
    icon: config.icon,
    badge: config.badge,
    data: { url: navigate ?? "/" },
  })

function readPayload(data) {
  try {
    return data.json() ?? {}
  } catch {
    return {}
  }
}

function showBadge(count) {
  if (count > 0) self.navigator.setAppBadge?.(count)?.catch(() => {})
  else if (count === 0) self.navigator.clearAppBadge?.()?.catch(() => {})
}

async function closeNotifications(tags) {
  const shown = await withShown(() => self.registration.getNotifications())
  for (const notification of shown) if (tags.includes(notification.tag)) notification.close()
}

// In the tab that shows the place already, else in the one that was looked at last, else in a new one.
async function openPage(address = "/") {
  const url = new URL(address, self.location.origin)
  if (url.origin !== self.location.origin) return
  const tabs = await self.clients.matchAll({ type: "window", includeUncontrolled: true })
  const tab = tabs.find((each) => new URL(each.url).pathname === url.pathname) ?? tabs[0]
  try {
    const focused = await tab.focus()
    focused.postMessage({ type: "open", url: url.pathname + url.search + url.hash })
  } catch {
    await self.clients.openWindow(url.href)
  }
}

// The next page that is opened does the same, should this fail.
async function renewSubscription({ newSubscription, oldSubscription }) {
  const { options } = oldSubscription ?? {}
  const subscription = newSubscription ?? (options && (await self.registration.pushManager.subscribe(options)))
  const token = await readCsrfToken()
  if (!subscription || !token) return
  const renews = oldSubscription?.endpoint ?? subscription.endpoint
  const response = await fetch("/api/v1/me/push-subscriptions", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify({ ...subscription.toJSON(), renews }),
  })
  // Turned off meanwhile.
  if (response.status === 409) await subscription.unsubscribe()
}

async function readCsrfToken() {
  const cookies = (await self.cookieStore?.getAll()) ?? []
  return cookies.find(({ name }) => /^(__Host-|__Secure-)?csrftoken$/.test(name))?.value
}
