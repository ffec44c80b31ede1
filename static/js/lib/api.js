// Requests to our own server, with the CSRF token that Django wants.
import { gettext, interpolate, language } from "lib/i18n"

// A proxy that finds nobody behind it is as good as no answer.
const GATEWAY = [502, 503, 504]

// The server understood and said no; asking again won't help.
export class Refused extends Error {
  constructor(status, code, detail) {
    super(detail)
    this.status = status
    this.code = code
  }
}

// The server answered and could not do it now; asking again may help.
export class Troubled extends Error {}

// Nobody answered; the browser's own words for that help nobody.
export class Unreachable extends Error {
  constructor() {
    super(gettext("The server can’t be reached. Try again when you’re connected."))
  }
}

export async function api(method, path, body, { timeout = 15000 } = {}) {
  const response = await ask(`/api/v1${path}`, {
    method,
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken(), "Accept-Language": language },
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(timeout),
  })
  if (response.ok) return response.status === 204 ? null : response.json()
  throw await refusal(response)
}

// A form that was refused (422) comes back as a page too, with what is wrong beside its fields.
export async function page(url, init = {}) {
  const response = await ask(url, { ...init, headers: { "X-Fragment": "1", ...init.headers } })
  if (!response.ok && response.status !== 422) throw await refusal(response)
  return response
}

export function csrfToken() {
  const cookie = document.cookie.match(/(?:^|; )(?:__Host-|__Secure-)?csrftoken=([^;]+)/)
  return cookie ? decodeURIComponent(cookie[1]) : (document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "")
}

async function ask(url, init) {
  try {
    return await fetch(url, init)
  } catch (error) {
    throw ["TypeError", "TimeoutError"].includes(error.name) ? new Unreachable() : error
  }
}

async function refusal(response) {
  const problem = await response.json().catch(() => ({}))
  const said = problem.errors?.[0]?.msg ?? problem.detail
  if (GATEWAY.includes(response.status) && !problem.code) return new Unreachable()
  if (response.status >= 500 || response.status === 429) return new Troubled(said ?? interpolate(gettext("The server answered %(status)s."), response))
  return new Refused(response.status, problem.code, said ?? gettext("The server refused this."))
}
