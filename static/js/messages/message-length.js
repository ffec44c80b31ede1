// Say how much more a message may hold.
import { interpolate, ngettext } from "lib/i18n"

// The counter shows from this many characters below the limit on.
export const COUNTER_THRESHOLD = 500

// The server counts characters, not UTF-16 units; counting them is slow and only needed near the limit.
export function countRemaining(text, limit) {
  return text.length < limit - COUNTER_THRESHOLD ? limit : limit - [...text].length
}

// `remaining`: characters, negative where there are too many.
export function describeRemaining(remaining) {
  const count = Math.abs(remaining)
  const text =
    remaining < 0
      ? ngettext("%(count)s character too many", "%(count)s characters too many", count)
      : ngettext("%(count)s character left", "%(count)s characters left", count)
  return interpolate(text, { count })
}
