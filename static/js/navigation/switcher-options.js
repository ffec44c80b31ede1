// Draw what the switcher has found, as options of its list.
import { gettext } from "lib/i18n"
import { findMatch } from "navigation/matching"

// `entry`: { kind, name, note, icon, href, … }; `icon` is an element, or the name of one in the sprite.
export function buildOption(entry, index, text) {
  const option = document.createElement(entry.href ? "a" : "button")
  if (entry.href) option.href = entry.href
  else option.type = "button"
  Object.assign(option, { id: `switcher-${index}`, className: "menu__item", role: "option", tabIndex: -1, entry })
  option.ariaSelected = "false"
  const icon = typeof entry.icon === "string" ? buildIcon(entry.icon) : entry.icon.cloneNode(true)
  option.append(icon, buildName(entry.name, text))
  const note = entry.note ?? (entry.kind === "command" ? gettext("Command") : "")
  if (note) option.append(Object.assign(document.createElement("small"), { className: "push", textContent: note }))
  return option
}

function buildName(name, text) {
  const span = Object.assign(document.createElement("span"), { className: "truncate", dir: "auto" })
  const [start, end] = findMatch(text, name) ?? [0, 0]
  const letters = [...name]
  const mark = Object.assign(document.createElement("mark"), { textContent: letters.slice(start, end).join("") })
  span.append(letters.slice(0, start).join(""), ...(end ? [mark] : []), letters.slice(end).join(""))
  return span
}

function buildIcon(name) {
  const icon = document.querySelector("#switcher .switcher__field .icon").cloneNode(true)
  const use = icon.querySelector("use")
  use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${name}`))
  return icon
}
