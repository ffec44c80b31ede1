// Show a page of its own where the server can't be reached. Nothing else is kept: every other page is another user's,
// or outdated, sooner or later.
const CACHE = `atrium-offline-${config.version}`

self.addEventListener("install", (event) => event.waitUntil(keepOfflinePage()))
self.addEventListener("activate", (event) => event.waitUntil(takeOver()))
self.addEventListener("fetch", (event) => {
  const { request } = event
  const isNavigation = request.mode === "navigate" && request.method === "GET"
  if (isNavigation) event.respondWith(loadPage(event))
  else if (config.files.includes(new URL(request.url).pathname)) event.respondWith(loadFile(request))
})

async function keepOfflinePage() {
  const cache = await caches.open(CACHE)
  // What the page that registers this has loaded comes from the browser's cache, but where names stay the same.
  const files = config.files.map((url) => new Request(url, { cache: config.isHashed ? "default" : "reload" }))
  await cache.addAll([new Request(config.offlineUrl, { cache: "reload" }), ...files])
  await self.skipWaiting()
}

async function takeOver() {
  const names = await caches.keys()
  const outdated = names.filter((name) => name.startsWith("atrium-offline-") && name !== CACHE)
  await Promise.all(outdated.map((name) => caches.delete(name)))
  // A page is asked for while this worker starts, and need not wait for it.
  await self.registration.navigationPreload?.enable()
  await self.clients.claim()
}

async function loadPage(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request))
  } catch {
    const page = await caches.match(config.offlineUrl)
    return page ?? Response.error()
  }
}

// Files whose names change with their content are the same wherever they come from.
async function loadFile(request) {
  if (config.isHashed) return (await caches.match(request)) ?? fetch(request)
  try {
    return await fetch(request)
  } catch {
    return (await caches.match(request)) ?? Response.error()
  }
}
