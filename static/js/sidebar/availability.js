// How one says one can be reached, from one's own menu.
import { page, csrfToken } from "lib/api"
import { connection } from "lib/connection"
import { toast } from "lib/toast"

export function startAvailability() {
  const form = document.querySelector("[data-availability]")
  connection.on("welcome", ({ user }) => show(form, user.availability))
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    choose(form, event.submitter)
  })
}

async function choose(form, button) {
  const before = form.dataset.availability
  show(form, button.value)
  document.getElementById("user-menu").hidePopover()
  try {
    await page(form.action, { method: "POST", body: new FormData(form, button), headers: { "X-CSRFToken": csrfToken() } })
  } catch (error) {
    show(form, before)
    toast(error.message)
  }
}

function show(form, availability) {
  form.dataset.availability = availability
  for (const button of form.querySelectorAll("[name=availability]")) button.setAttribute("aria-pressed", button.value === availability)
}
