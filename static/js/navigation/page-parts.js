// Show what has changed on the server in those parts of a page that are marked by `data-part`.
import { fetchFragment, readText } from "lib/api"
import { localiseTimes } from "lib/local-time"
import { correctPresence } from "users/presence"

// Resolves with the page as the server has it now.
export async function fetchPage() {
  const html = await readText(await fetchFragment(location.pathname + location.search))
  return new DOMParser().parseFromString(html, "text/html")
}

export async function refreshParts() {
  const { href } = location
  const fresh = await fetchPage()
  if (location.href !== href) return
  for (const part of document.querySelectorAll("[data-part]")) {
    const newer = fresh.querySelector(`[data-part="${CSS.escape(part.dataset.part)}"]`)
    if (!newer) continue
    const focused = part.contains(document.activeElement) && identify(document.activeElement)
    part.replaceChildren(...newer.childNodes)
    showAsHere(part)
    if (focused) [...part.querySelectorAll("a, button, select")].find((each) => identify(each) === focused)?.focus()
  }
}

// The server knows neither the browser's time zone nor who has come and gone since.
export function showAsHere(element) {
  localiseTimes(element)
  correctPresence(element)
}

const identify = ({ form, href, id, tagName }) => [tagName, form?.action ?? href, id].join(" ")
