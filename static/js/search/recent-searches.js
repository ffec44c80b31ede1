// What this user has searched for in this browser, the latest first.
import { userStorage } from "users/user-storage"

const KEY = "searches"
const KEPT = 8

export const listRecentSearches = () => userStorage.get(KEY) ?? []

export function rememberSearch(text) {
  if (text) userStorage.set(KEY, [text, ...listRecentSearches().filter((each) => each !== text)].slice(0, KEPT))
}

export const forgetSearches = () => userStorage.remove(KEY)

// Shows them where the results say that nothing is searched for.
export function showRecentSearches(results) {
  const section = results.querySelector("[data-recent-searches]")
  const texts = listRecentSearches()
  if (!section || !texts.length) return
  section.querySelector("ul").replaceChildren(...texts.map(buildItem))
  section.hidden = false
}

function buildItem(text) {
  const item = document.createElement("li")
  const link = document.createElement("a")
  link.className = "btn btn--sm"
  link.href = `?${new URLSearchParams({ q: text })}`
  link.textContent = text
  item.append(link)
  return item
}
