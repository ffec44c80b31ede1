// Show what another tab or device has changed in the notification settings, but for what is being changed here.
import { fetchFragment, readText } from "lib/api"
import { connection } from "lib/connection"
import { localiseTimes } from "lib/local-time"

export function startNotificationSettings() {
  if (document.querySelector("[data-notification-settings]")) connection.on("notification.settings", showChanges)
}

async function showChanges() {
  try {
    const html = await readText(await fetchFragment(location.href))
    const page = new DOMParser().parseFromString(html, "text/html")
    page.querySelectorAll("[data-notification-settings]").forEach(showSection)
  } catch {
    // The next change, or the next look at the page, shows it.
  }
}

function showSection(fresh) {
  const shown = document.querySelector(`[data-notification-settings=${fresh.dataset.notificationSettings}]`)
  if (!shown || isInUse(shown)) return
  shown.replaceWith(fresh)
  localiseTimes(fresh)
}

// Nothing moves below a focus, and nothing is lost that was chosen and is not saved yet.
function isInUse(section) {
  return section.matches(":focus-within") || [...section.querySelectorAll("input, textarea, option")].some(isChanged)
}

function isChanged(field) {
  if (field.matches("option")) return field.selected !== field.defaultSelected
  return field.checked !== field.defaultChecked || field.value !== field.defaultValue
}
