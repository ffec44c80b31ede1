// What the switcher finds without the server: rooms, people and commands, the best match first.
import { gettext, interpolate } from "lib/i18n"
import { listCommands } from "navigation/commands"
import { fold, scoreMatch } from "navigation/matching"
import { listPlaces } from "navigation/places"
import { currentUser } from "users/current-user"

const SHOWN = 12
const SYNONYM = 50
// What a query may begin with, and what it then finds alone.
const KINDS = { "#": "room", "@": "person", ">": "command" }

export function readQuery(typed) {
  const query = typed.trimStart()
  const kind = KINDS[query[0]]
  return { text: (kind ? query.slice(1) : query).trim(), kind }
}

// All commands where only these are asked for; else a few of everything, and without a text no commands.
export function findHere(text, kind) {
  const all = [...listPlaces(), ...(text || kind ? listCommands() : [])].filter((each) => !kind || each.kind === kind)
  const scored = all.map((entry) => ({ entry, score: scoreEntry(entry, text) })).filter(({ score }) => score)
  const sorted = scored.sort((a, b) => b.score - a.score).map(({ entry }) => entry)
  return kind === "command" ? sorted : sorted.slice(0, SHOWN)
}

export function buildSearchEntry(text) {
  const name = interpolate(gettext("Search messages for “%(text)s”"), { text })
  const href = `/o/${currentUser.slug}/search/?${new URLSearchParams({ q: text })}`
  return { kind: "search", name, icon: "search", href, note: "" }
}

// Other words for a command count where they begin with the text.
function scoreEntry({ name, words = "" }, text) {
  const isSynonym = words.split(" ").some((word) => word.startsWith(fold(text)))
  return scoreMatch(text, name) || (isSynonym ? SYNONYM : 0)
}
