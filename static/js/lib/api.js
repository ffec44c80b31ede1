// Request JSON and HTML fragments from our own server, with the CSRF token that Django expects.
import { RequestRefused, ServerUnavailable, ServerUnreachable } from "lib/errors"
import { gettext, interpolate, language } from "lib/i18n"
import { TEXTS, waitForServer } from "lib/server-wait"

// What a proxy answers when the server behind it is down.
const GATEWAY_STATUSES = [502, 503, 504]
// Of a form: the server may be there and drop this one request.
const MAX_TRIES = 5

// Resolves with the parsed answer, or null when there is no content. `timeout` is in milliseconds;
// with `keepalive` the request goes on when the page is left.
export async function requestJson(method, path, body, { timeout = 15000, keepalive = false } = {}) {
  const headers = { "Content-Type": "application/json", "Accept-Language": language }
  if (method !== "GET") headers["X-CSRFToken"] = readCsrfToken()
  const response = await fetchOrThrow(`/api/v1${path}`, {
    method,
    headers,
    body: body && JSON.stringify(body),
    keepalive,
    signal: AbortSignal.timeout(timeout),
  })
  if (response.ok) return response.status === 204 ? null : response.json()
  throw await buildError(response)
}

// A refused form (422) resolves too: its fragment says what is wrong at its fields.
export async function fetchFragment(url, init = {}) {
  const response = await fetchOrThrow(url, { ...init, headers: { "X-Fragment": "1", ...init.headers } })
  if (!response.ok && response.status !== 422) throw await buildError(response)
  return response
}

// Only the rows of a list: those of the page that `url` names.
export const fetchRows = (url, init) => fetchFragment(url, { ...init, headers: { "X-Fragment": "rows" } })

// The network can fail after the headers of an answer, too.
export async function readText(response) {
  try {
    return await response.text()
  } catch (error) {
    throw convertError(error)
  }
}

// While the server can't be reached, the page says so and the form is sent again once it can. Rejects with
// `ServerUnreachable` when the user gives up.
export async function submitForm(form, button) {
  const init = { method: "POST", body: new FormData(form, button), headers: { "X-CSRFToken": readCsrfToken() } }
  for (let tries = 1; ; tries++) {
    try {
      return await fetchFragment(form.action, init)
    } catch (error) {
      const mayRepeat = error instanceof ServerUnreachable && tries < MAX_TRIES
      if (!mayRepeat || !(await waitForServer(TEXTS.form, { form })) || !form.isConnected) throw error
    }
  }
}

export function readCsrfToken() {
  const cookie = document.cookie.match(/(?:^|; )(?:__Host-|__Secure-)?csrftoken=([^;]+)/)
  if (cookie) return decodeURIComponent(cookie[1])
  return document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? ""
}

async function fetchOrThrow(url, init) {
  try {
    return await fetch(url, init)
  } catch (error) {
    throw convertError(error)
  }
}

// Browsers throw TypeError when the network fails.
function convertError(error) {
  return ["TypeError", "TimeoutError"].includes(error.name) ? new ServerUnreachable() : error
}

// `response` is one that refuses.
export async function buildError(response) {
  const { status } = response
  const problem = await response.json().catch(() => ({}))
  const detail = problem.errors?.[0]?.msg ?? problem.detail
  if (GATEWAY_STATUSES.includes(status) && !problem.code) return new ServerUnreachable()
  if (status >= 500 || status === 429) {
    const text = detail ?? interpolate(gettext("The server answered %(status)s."), { status })
    return new ServerUnavailable(text, status)
  }
  return new RequestRefused(status, problem.code, detail ?? gettext("The server refused this."), problem)
}
