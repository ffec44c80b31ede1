// Say how much more a message may hold.
import { interpolate, ngettext } from "lib/i18n"

// The counter shows from this many characters below the limit on.
const COUNTER_THRESHOLD = 500

// The server counts characters, not UTF-16 units; counting them is slow and only needed near the limit.
export function countRemaining(text, limit) {
  return text.length < limit - COUNTER_THRESHOLD ? limit : limit - [...text].length
}

// Say how much more a composer may hold, and let it be sent only with a text that is not too long, or with files alone.
export function showLength(composer, text, { hasFiles }) {
  const remaining = countRemaining(text, Number(composer.dataset.limit))
  const isTooLong = remaining < 0
  for (const button of composer.querySelectorAll(".composer__send > *")) {
    button.disabled = isTooLong || !(text || hasFiles)
  }
  const counter = composer.querySelector("[data-counter]")
  counter.hidden = remaining > COUNTER_THRESHOLD
  counter.classList.toggle("composer__hint--over", isTooLong)
  counter.textContent = describeRemaining(remaining)
  composer.querySelector("textarea").toggleAttribute("aria-invalid", isTooLong)
}

// Negative where there are too many characters.
function describeRemaining(remaining) {
  const count = Math.abs(remaining)
  const text =
    remaining < 0
      ? ngettext("%(count)s character too many", "%(count)s characters too many", count)
      : ngettext("%(count)s character left", "%(count)s characters left", count)
  return interpolate(text, { count })
}
