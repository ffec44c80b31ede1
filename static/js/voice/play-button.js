// Show by a button whether a sound plays, and what a press does.
import { gettext } from "lib/i18n"

export function showPlayState(button, isPlaying) {
  const label = isPlaying ? gettext("Pause") : gettext("Play")
  if (button.ariaLabel === label) return
  button.removeAttribute("data-i18n-label")
  button.ariaLabel = button.title = label
  showIcon(button, isPlaying ? "pause" : "play")
}

// Another of the same sprite.
export function showIcon(button, name) {
  const use = button.querySelector("use")
  use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${name}`))
}
