// "/" leads to the search field from anywhere but a field.
import { isComposing, isField } from "lib/keys"

export function startSearchKey() {
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isComposing(event)) return
    if (isField(event.target)) return
    event.preventDefault()
    const field = document.querySelector("[data-search] input[type=search]")
    if (field) field.select()
    else document.querySelector("[data-search-link]")?.click()
  })
}
