// Durations as people write them: "2h 30m".
import { gettext, interpolate } from "lib/i18n"

const PARTS = /^(?:(\d+(?:[.,]\d+)?)\s*(?:h|std\.?))?\s*(?:(\d+)\s*(?:m|min\.?))?$/i

export function formatDuration(seconds) {
  const minutes = Math.round(seconds / 60)
  const hours = Math.floor(minutes / 60)
  const parts = [
    hours && interpolate(gettext("%(count)s h"), { count: hours }),
    minutes % 60 && interpolate(gettext("%(count)s min"), { count: minutes % 60 }),
  ]
  return parts.filter(Boolean).join(" ") || interpolate(gettext("%(count)s min"), { count: 0 })
}

// In seconds, null for nothing, undefined for what is none. A bare number is of hours.
export function parseDuration(text) {
  const words = text.trim()
  if (!words) return null
  if (/^\d+(?:[.,]\d+)?$/.test(words)) return Math.round(Number(words.replace(",", ".")) * 3600)
  const match = words.match(PARTS)
  if (!match || !(match[1] || match[2])) return undefined
  return Math.round(Number((match[1] ?? "0").replace(",", ".")) * 3600) + Number(match[2] ?? 0) * 60
}
