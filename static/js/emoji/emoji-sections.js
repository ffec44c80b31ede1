// Divide the emoji into the sections that the picker shows.
import { applyTone, searchEmoji } from "emoji/emoji-data"
import { listRecentEmoji, readTone } from "emoji/emoji-habits"
import { gettext } from "lib/i18n"

const MAX_FOUND = 64

// [{ title, choices: [{ value, name, imageUrl }] }]
export function listGroups({ groups, emoji }) {
  const known = new Map(emoji.map((entry) => [entry.emoji, entry]))
  // One of the organisation's own may have been deleted since, or belong to another organisation.
  const recent = listRecentEmoji()
    .filter((value) => known.has(value) || !value.startsWith(":"))
    .map((value) => createRecentChoice(value, known.get(value)))
  const sections = groups.map(({ title, group }) => {
    return { title, choices: emoji.filter((entry) => entry.group === group).map(createChoice) }
  })
  return [{ title: gettext("Recently used"), choices: recent }, ...sections]
}

export function listFound({ emoji }, query) {
  const choices = searchEmoji(emoji, query, { limit: MAX_FOUND }).map(createChoice)
  return choices.length ? [{ title: gettext("Found"), choices }] : []
}

function createChoice(entry) {
  return { value: applyTone(entry, readTone()), name: entry.name, imageUrl: entry.imageUrl }
}

// In the tone in which it was picked.
function createRecentChoice(value, entry) {
  return { value, name: entry?.name ?? value, imageUrl: entry?.imageUrl }
}
