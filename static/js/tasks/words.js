// Words for what REST names of tasks.
import { gettext } from "lib/i18n"

// By their numbers.
export const PRIORITIES = ["none", "low", "medium", "high", "urgent"]

export function describePriority(name) {
  return {
    none: gettext("No priority"),
    low: gettext("Low"),
    medium: gettext("Medium"),
    high: gettext("High"),
    urgent: gettext("Urgent"),
  }[name]
}
