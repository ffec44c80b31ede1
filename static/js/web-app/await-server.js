// Load the page that was asked for as soon as the server can be reached again.
import { gettext } from "lib/i18n"
import { isServerReachable } from "lib/reachability"

const PAUSE = 5000

export function awaitServer(button) {
  const ask = async () => {
    if (await isServerReachable()) location.reload()
  }
  setInterval(() => document.hidden || ask(), PAUSE)
  addEventListener("online", ask)
  document.addEventListener("visibilitychange", () => document.hidden || ask())
  button.addEventListener("click", async () => {
    const label = button.textContent
    button.disabled = true
    button.textContent = gettext("Trying…")
    await ask()
    button.textContent = label
    button.disabled = false
  })
}
