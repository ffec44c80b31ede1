// Entry point of the page to choose people to write to: filters the list while the user types and keeps what is ticked.
const searchForm = document.querySelector("[data-people-search]")
const rows = [...document.querySelectorAll("[data-person]")]
const findCheckbox = (row) => row.querySelector("[type=checkbox]")

// A list that the server has filtered is incomplete, so that only the server can search again.
if (!searchForm.elements.q.defaultValue) {
  searchForm.addEventListener("submit", (event) => event.preventDefault())
  searchForm.elements.q.addEventListener("input", filterRows)
  // The browser may restore the field with the page.
  addEventListener("pageshow", filterRows)
}

// The button beside a name means this person alone.
document.querySelector("[data-people-form]")?.addEventListener("submit", ({ submitter }) => {
  if (submitter?.name) for (const row of rows) findCheckbox(row).checked = false
})

function filterRows() {
  const query = searchForm.elements.q.value.trim().toLowerCase()
  const matches = (row) => row.dataset.person.toLowerCase().includes(query)
  for (const row of rows) row.hidden = !matches(row) && !findCheckbox(row).checked
  const noMatches = document.querySelector("[data-no-matches]")
  if (noMatches) noMatches.hidden = rows.some(matches)
}
