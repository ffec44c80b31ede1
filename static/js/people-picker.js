// Choosing whom to write to: the search filters what is there, so that ticks stay. Whom the server left out it can't show.
const search = document.querySelector("[data-people-search]")
const people = [...document.querySelectorAll("[data-person]")]
const ticked = (row) => row.querySelector("[type=checkbox]").checked

if (!search.elements.q.defaultValue) {
  search.addEventListener("submit", (event) => event.preventDefault())
  search.elements.q.addEventListener("input", filter)
  // What the browser brought back with the page.
  addEventListener("pageshow", filter)
}

// The button beside somebody means nobody else.
document.querySelector("[data-people-form]")?.addEventListener("submit", ({ submitter }) => {
  if (submitter?.name) for (const row of people) row.querySelector("[type=checkbox]").checked = false
})

function filter() {
  const wanted = search.elements.q.value.trim().toLowerCase()
  const matches = (row) => row.dataset.person.toLowerCase().includes(wanted)
  for (const row of people) row.hidden = !matches(row) && !ticked(row)
  const nobody = document.querySelector("[data-no-matches]")
  if (nobody) nobody.hidden = people.some(matches)
}
