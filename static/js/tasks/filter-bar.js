// The bar of filters: what is chosen goes into the address, and the page follows. One menu is open at a time.
import { refreshParts } from "navigation/page-parts"

const TYPING_PAUSE = 250

// `refresh` shows the page anew once its address has changed; else its parts marked by `data-part` follow.
export function startFilterBar(refresh = refreshParts) {
  const form = document.querySelector("[data-filter-bar]")
  if (!form) return
  let timer = 0
  const filter = () => {
    clearTimeout(timer)
    history.replaceState(history.state, "", `${location.pathname}${buildQuery(form)}`)
    showChosen(form)
    // The next choice tries again.
    Promise.resolve(refresh()).catch(() => {})
  }
  form.addEventListener("input", ({ target, isComposing }) => {
    clearTimeout(timer)
    if (target.name !== "q") filter()
    else if (!isComposing) timer = setTimeout(filter, TYPING_PAUSE)
  })
  form.elements.q.addEventListener("compositionend", filter)
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    filter()
  })
  form.querySelector("[data-filter-clear]").addEventListener("click", () => {
    clear(form)
    filter()
    form.elements.q.focus()
  })
  closeMenus()
}

// "?q=pier&priority=high", without what is empty.
export function buildQuery(form) {
  const given = [...new FormData(form)].filter(([, value]) => value)
  return given.length ? `?${new URLSearchParams(given)}` : ""
}

function clear(form) {
  form.elements.q.value = ""
  for (const input of form.querySelectorAll("[data-filter] input")) {
    input.checked = input.type === "radio" && !input.value
  }
}

function showChosen(form) {
  let total = form.elements.q.value ? 1 : 0
  for (const menu of form.querySelectorAll("[data-filter]")) {
    const count = [...menu.querySelectorAll("input:checked")].filter(({ value }) => value).length
    menu.querySelector("[data-filter-count]").textContent = count || ""
    total += count
  }
  form.querySelector("[data-filter-clear]").hidden = !total
}

// Menus beside the bar too.
function closeMenus() {
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest?.(".filter[open]")
    if (!menu) return
    event.preventDefault()
    menu.open = false
    menu.querySelector("summary").focus()
  })
  document.addEventListener("click", ({ target }) => {
    for (const menu of document.querySelectorAll(".filter[open]")) if (!menu.contains(target)) menu.open = false
  })
}
