// Build the chip of a chosen person: avatar, name, a button that removes it, and what the form sends.
import { gettext, interpolate } from "lib/i18n"

// `source` holds the avatar; `field` is the name of the form's field.
export function buildChip(id, name, source, field) {
  const chip = createElement("li", { className: "chip" })
  chip.dataset.id = id
  const avatar = source.querySelector(".avatar").cloneNode(true)
  avatar.classList.add("avatar--sm")
  avatar.querySelector(".presence")?.remove()
  const label = createElement("span", { className: "truncate", textContent: name })
  label.dataset.chipName = ""
  const button = createElement("button", { type: "button", className: "chip__remove", textContent: "×" })
  button.ariaLabel = interpolate(gettext("Remove %(name)s"), { name })
  button.dataset.removes = ""
  chip.append(avatar, label, button, createElement("input", { type: "hidden", name: field, value: id }))
  return chip
}

const createElement = (tag, properties) => Object.assign(document.createElement(tag), properties)
