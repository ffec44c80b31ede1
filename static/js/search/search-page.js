// The search page: results follow what one types, and the address follows too, so that Back returns to them.
import { fetchFragment, readText } from "lib/api"
import { localiseTimes } from "lib/local-time"
import { forgetSearches, rememberSearch, showRecentSearches } from "search/recent-searches"
import { correctPresence } from "users/presence"

const TYPING_PAUSE = 250

export function startSearchPage() {
  const form = document.querySelector("[data-search]")
  const field = form.elements.q
  const results = document.getElementById("search-results")
  let timer = 0
  let lastRequest = 0

  // A menu asks for the query that says the same, and is answered from the address of that one.
  async function search(menu = null) {
    clearTimeout(timer)
    const request = ++lastRequest
    results.setAttribute("aria-busy", "true")
    try {
      const response = await fetchFragment(buildAddress(form, menu))
      const html = await readText(response)
      if (request !== lastRequest) return
      const address = new URL(response.url)
      history.replaceState(history.state, "", address.pathname + address.search)
      if (menu) field.value = address.searchParams.get("q")
      results.innerHTML = html
      if (menu) results.querySelector(`[name=${menu.name}]`).focus()
      localiseTimes(results)
      correctPresence(results)
      showRecentSearches(results)
    } catch {
      // The next letter searches again.
    }
    if (request === lastRequest) results.removeAttribute("aria-busy")
  }

  form.addEventListener("input", (event) => {
    clearTimeout(timer)
    if (!event.isComposing) timer = setTimeout(search, TYPING_PAUSE)
  })
  field.addEventListener("compositionend", () => search())
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    rememberSearch(field.value.trim())
    search()
  })
  form.addEventListener("click", ({ target }) => {
    const { filter } = target.closest("[data-filter]")?.dataset ?? {}
    if (filter) addFilter(field, filter)
  })
  results.addEventListener("change", ({ target }) => {
    if (target.matches("[data-filter-menu]")) search(target)
  })
  results.addEventListener("click", ({ target }) => {
    if (target.closest("[data-result]")) rememberSearch(field.value.trim())
    const button = target.closest("[data-forget]")
    if (!button) return
    forgetSearches()
    button.closest("[data-recent-searches]").hidden = true
    field.focus()
  })
  addEventListener("keydown", (event) => moveToResult(event, field, results))
  showRecentSearches(results)
}

function buildAddress(form, menu) {
  const q = form.elements.q.value.trim()
  if (!q && !menu) return location.pathname
  const sort = form.elements.sort ? { sort: form.elements.sort.value } : {}
  return `?${new URLSearchParams({ q, ...sort, ...(menu && { [menu.name]: menu.value }) })}`
}

function addFilter(field, filter) {
  field.value = `${field.value.trimEnd()} ${filter}`.trimStart()
  field.focus()
  field.dispatchEvent(new InputEvent("input", { bubbles: true }))
}

// Down from the field to the first result, Up and Down between results, Up from the first one back to the field.
function moveToResult(event, field, results) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (!step || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
  const links = [field, ...results.querySelectorAll("[data-result]")]
  const index = links.indexOf(document.activeElement)
  if (index < 0 || !links[index + step]) return
  event.preventDefault()
  links[index + step].focus()
}
