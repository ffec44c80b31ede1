// Messages come the same to everybody, with their few words in English. Here they turn to the reader's language.
import { gettext, interpolate, language, listed, ngettext } from "lib/i18n"

const AND = " and "
const SAID = {
  agent: gettext("Agent"),
  pinned: gettext("Pinned"),
  deleted: gettext("This message was deleted."),
  edited: gettext("(edited)"),
}

export function translate(item) {
  if (language === "en") return
  for (const place of item.querySelectorAll("[data-i18n]")) place.textContent = SAID[place.dataset.i18n]
  item.querySelector(".reactions")?.setAttribute("aria-label", gettext("Reactions"))
  const add = item.querySelector("[data-react]")
  if (add) add.ariaLabel = add.title = gettext("Add a reaction")
  for (const chip of item.querySelectorAll(".reaction[data-emoji]")) chip.title = who(chip.title)
}

// "Alice, Bob and 3 others": short names hold no spaces, so that it comes apart again.
function who(title) {
  const at = title.lastIndexOf(AND)
  if (at < 0) return title
  const [names, last] = [title.slice(0, at).split(", "), title.slice(at + AND.length)]
  const [, others] = last.match(/^(\d+) others?$/) ?? []
  const count = Number(others)
  return listed([...names, others ? interpolate(ngettext("%(count)s other", "%(count)s others", count), { count }) : last])
}
