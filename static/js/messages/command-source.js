// Complete `/name` at the beginning of a message with the commands that the user may run in the room.
import { requestJson } from "lib/api"
import { gettext } from "lib/i18n"

const PATTERN = /^\/(?<query>[a-z]*)$/i

export function buildCommandSource({ room }) {
  let listed = null
  const load = async (query) => {
    listed ??= requestJson("GET", `/rooms/${room}/commands?limit=200`)
    try {
      const { items } = await listed
      return items.filter(({ name }) => name.startsWith(query.toLowerCase())).map(buildOption)
    } catch (error) {
      listed = null
      throw error
    }
  }
  return { pattern: PATTERN, label: gettext("Commands"), load }
}

function buildOption({ name, arguments: hint, summary }) {
  const option = document.createElement("li")
  option.className = "menu__item command-option"
  option.dataset.text = `/${name}`
  const build = (tag, className, textContent) => Object.assign(document.createElement(tag), { className, textContent })
  option.append(build("b", "", `/${name}`), build("span", "faint", hint), build("span", "soft truncate", summary))
  return option
}
