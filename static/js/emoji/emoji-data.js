// Load the emoji that can be picked when they are first asked for, and find them by name.
import { readText } from "lib/api"
import { ServerUnreachable } from "lib/errors"

// How well a name matches, the best first.
const RANKS = [
  (text, query) => text === query,
  (text, query) => text.startsWith(query),
  (text, query) => text.includes(` ${query}`) || text.includes(`_${query}`),
  (text, query) => text.includes(query),
]
const MODIFIERS = ["", "🏻", "🏼", "🏽", "🏾", "🏿"]

let loading = null

// Resolves with { groups: [name], emoji: [entry] }, an entry being { emoji, name, names, words, group, skins }. `names`
// are what may be typed between colons, `words` is what else it is found by.
export function loadEmoji() {
  loading ??= fetchEmoji().catch((error) => {
    loading = null
    throw error
  })
  return loading
}

async function fetchEmoji() {
  const response = await fetch(document.getElementById("emoji-picker").dataset.source).catch(() => null)
  if (!response?.ok) throw new ServerUnreachable()
  const { groups, emoji } = JSON.parse(await readText(response))
  return { groups, emoji: emoji.map(readRow) }
}

function readRow([emoji, name, names, words, group, skins]) {
  return { emoji, name, names: names.split(" "), words, group, skins }
}

// The entries that match all words of a query, the best first, at most `limit`.
export function searchEmoji(entries, query, limit) {
  const terms = fold(query).replace(/^:|:$/g, "").split(/[\s_]+/).filter(Boolean)
  const ranked = []
  for (const entry of entries) {
    entry.texts ??= [entry.name, ...entry.names, entry.words].map(fold)
    const ranks = terms.map((term) => rankTerm(entry.texts, term))
    if (!ranks.includes(-1)) ranked.push({ entry, rank: Math.max(...ranks) })
  }
  ranked.sort((first, second) => first.rank - second.rank)
  return ranked.slice(0, limit).map(({ entry }) => entry)
}

// An emoji in a tone of skin, 1 to 5; 0 leaves it as it is.
export function applyTone({ emoji, skins }, tone) {
  if (!tone || !skins) return emoji
  if (skins !== 1) return skins[tone - 1]
  const [first, ...rest] = emoji
  return first + MODIFIERS[tone] + rest.join("").replace(/^\uFE0F/, "")
}

function rankTerm(texts, term) {
  return RANKS.findIndex((matches) => texts.some((text) => matches(text, term)))
}

// Without case and accents: "Äpfel" is found by "apfel".
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
