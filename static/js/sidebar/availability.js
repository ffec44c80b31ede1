// Set the current user's availability from their menu.
import { submitForm } from "lib/api"
import { connection } from "lib/connection"
import { showToast } from "lib/toast"

export function startAvailability() {
  const form = document.querySelector("[data-availability]")
  connection.on("welcome", ({ user }) => showAvailability(form, user.availability))
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    setAvailability(form, event.submitter)
  })
}

async function setAvailability(form, button) {
  const before = form.dataset.availability
  showAvailability(form, button.value)
  document.getElementById("user-menu").hidePopover()
  try {
    await submitForm(form, button)
  } catch (error) {
    showAvailability(form, before)
    showToast(error.message)
  }
}

function showAvailability(form, availability) {
  form.dataset.availability = availability
  for (const button of form.querySelectorAll("[name=availability]")) {
    button.setAttribute("aria-pressed", button.value === availability)
  }
}
