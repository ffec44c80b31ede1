// "/" leads to the search field from anywhere but a field.
export function startSearchKey() {
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    if (event.target.closest?.("input, textarea, select, [contenteditable], dialog[open]")) return
    event.preventDefault()
    const field = document.querySelector("[data-search] input[type=search]")
    if (field) field.select()
    else document.querySelector("[data-search-link]")?.click()
  })
}
