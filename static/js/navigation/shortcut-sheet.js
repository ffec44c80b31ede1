// Show which keys do what.
import { isApple } from "lib/keys"

const sheet = document.getElementById("shortcuts")
const APPLE_NAMES = { Ctrl: "⌘", Alt: "⌥" }

export function openShortcuts() {
  if (sheet.open) return sheet.close()
  if (isApple) for (const key of sheet.querySelectorAll("kbd")) renameKey(key)
  sheet.showModal()
}

function renameKey(key) {
  key.textContent = APPLE_NAMES[key.textContent] ?? key.textContent
}
