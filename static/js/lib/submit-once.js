// Mark the button of a form that is being sent as busy, and send no form twice.
document.addEventListener("submit", (event) => {
  const button = event.submitter ?? event.target.querySelector("[type=submit]")
  if (event.defaultPrevented || !button || event.target.method === "dialog") return
  if (button.ariaBusy === "true") event.preventDefault()
  else button.ariaBusy = "true"
})

// The back button brings the page back as it was left.
addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return
  for (const button of document.querySelectorAll("[aria-busy=true]")) button.ariaBusy = null
})
