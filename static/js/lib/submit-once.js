// A form is sent once: its button says so and takes no second click. Coming back with the back button frees it.
document.addEventListener("submit", (event) => {
  const button = event.submitter ?? event.target.querySelector("[type=submit]")
  if (event.defaultPrevented || !button || event.target.method === "dialog") return
  if (button.ariaBusy === "true") event.preventDefault()
  else button.ariaBusy = "true"
})

addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return
  for (const button of document.querySelectorAll("[aria-busy=true]")) button.ariaBusy = null
})

// A choice that saves itself: <select data-submits>.
document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-submits]")) target.form.requestSubmit()
})
