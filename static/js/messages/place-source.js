// Complete `#` with tasks, which are written by their keys, and rooms, which become links.
import { requestJson } from "lib/api"
import { gettext } from "lib/i18n"
import { fold } from "navigation/matching"
import { listPlaces } from "navigation/places"
import { currentUser } from "users/current-user"

const LETTER = String.raw`[\p{L}\p{M}\p{N}._-]`
// A `#` with a space behind it is a heading; within a word or an address it is neither.
const PATTERN = new RegExp(`(?<![\\p{L}\\p{N}/#&])#(?<query>(?:${LETTER}+(?: ${LETTER}*)?)?)$`, "u")
const MAX_ROOMS = 5
const MAX_TASKS = 6
const MAX_QUERY = 60

export const buildPlaceSource = () => ({ pattern: PATTERN, label: gettext("Tasks and rooms"), load, isRemote: true })

async function load(query) {
  if (query.length > MAX_QUERY) return []
  const tasks = await suggestTasks(query)
  const isWanted = ({ kind, name }) => kind === "room" && fold(name).includes(fold(query))
  const rooms = listPlaces().filter(isWanted).slice(0, MAX_ROOMS)
  return [...tasks, ...rooms.map(buildRoom)]
}

// Options for the tasks that a text finds; their `data-text` is the key.
export async function suggestTasks(query) {
  const parameters = new URLSearchParams({ q: query, limit: MAX_TASKS })
  const path = `/orgs/${currentUser.slug}/task-suggestions?${parameters}`
  const { items } = await requestJson("GET", path).catch(() => ({ items: [] }))
  return items.map(buildTask)
}

function buildTask({ key, title }) {
  return buildOption(key, [["b", "numeric", key], ["bdi", "truncate", title]])
}

function buildRoom({ name, href }) {
  const label = name.replace(/[[\]\\`*_<>]/g, "\\$&")
  return buildOption(`[#${label}](${href})`, [["span", "soft", "#"], ["bdi", "truncate", name]])
}

function buildOption(text, parts) {
  const option = Object.assign(document.createElement("li"), { className: "menu__item command-option" })
  option.dataset.text = text
  for (const [tag, className, textContent] of parts) {
    option.append(Object.assign(document.createElement(tag), { className, textContent }))
  }
  return option
}
