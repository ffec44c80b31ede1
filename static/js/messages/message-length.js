// Say how much more a message may hold.
import { interpolate, ngettext } from "lib/i18n"

// `remaining`: characters, negative where there are too many.
export function describeRemaining(remaining) {
  const count = Math.abs(remaining)
  const text =
    remaining < 0
      ? ngettext("%(count)s character too many", "%(count)s characters too many", count)
      : ngettext("%(count)s character left", "%(count)s characters left", count)
  return interpolate(text, { count })
}
