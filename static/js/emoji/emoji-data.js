// Load the emoji that can be picked when they are first asked for, and find them by name.
import { readText, requestJson } from "lib/api"
import { connection } from "lib/connection"
import { ServerUnreachable } from "lib/errors"
import { currentUser } from "users/current-user"

// How well a name matches, the best first.
const RANKS = [
  (text, query) => text === query,
  (text, query) => text.startsWith(query),
  (text, query) => text.includes(` ${query}`) || text.includes(`_${query}`),
  (text, query) => text.includes(query),
]
// Of these ranks the first letters of a word or a name count.
const FROM_START = 3
const OWN = "own"
// One for each group.
const MARKS = ["😀", "👋", "🐻", "🍎", "✈️", "⚽", "💡", "💜", "🏁"]
const MODIFIERS = ["", "🏻", "🏼", "🏽", "🏾", "🏿"]

let loading = null
for (const change of ["created", "updated", "deleted"]) connection.on(`emoji.${change}`, () => (loading = null))

// Resolves with { groups: [{ title, mark, group }], emoji: [entry] }, an entry being { emoji, name, names, words,
// group, skins }. `names` are what may be typed between colons, `words` is what else it is found by. One of the
// organisation's own has an `imageUrl`, and its `:name:` for `emoji`.
export function loadEmoji() {
  loading ??= fetchEmoji().catch((error) => {
    loading = null
    throw error
  })
  return loading
}

async function fetchEmoji() {
  const [response, own] = await Promise.all([
    fetch(document.getElementById("emoji-picker").dataset.source).catch(() => null),
    fetchOwnEmoji().catch(() => []),
  ])
  if (!response?.ok) throw new ServerUnreachable()
  const { groups, emoji } = JSON.parse(await readText(response))
  const sections = groups.map((title, index) => ({ title, mark: MARKS[index], group: index }))
  const added = own.map(readOwn)
  if (own.length) sections.unshift({ title: currentUser.organisationName, mark: "⭐", group: OWN })
  return { groups: sections, emoji: [...added, ...emoji.map(readRow)] }
}

async function fetchOwnEmoji() {
  const [slug] = currentUser.homeUrl.match(/[^/]+(?=\/$)/)
  const found = []
  for (let cursor = ""; cursor !== null; ) {
    const page = await requestJson("GET", `/orgs/${slug}/emoji?limit=200${cursor && `&cursor=${cursor}`}`)
    found.push(...page.items)
    cursor = page.next_cursor
  }
  return found
}

function readOwn({ name, aliases, image_url: imageUrl }) {
  const names = [name, ...aliases]
  return { emoji: `:${name}:`, name: `:${name}:`, names, words: "", group: OWN, skins: 0, imageUrl }
}

function readRow([emoji, name, names, words, group, skins]) {
  return { emoji, name, names: names.split(" "), words, group, skins }
}

// The entries that match all words of a query, the best first, at most `limit`; with `fromStart` by whole words or
// their first letters alone.
export function searchEmoji(entries, query, { limit, fromStart = false }) {
  const phrase = fold(query).replace(/^:|:$/g, "")
  const terms = phrase.split(/[\s_]+/).filter(Boolean)
  const ranked = []
  for (const entry of entries) {
    entry.texts ??= [entry.name, ...entry.names, entry.words].map(fold)
    const ranks = terms.map((term) => rankTerm(entry.texts, term))
    const worst = Math.max(...ranks)
    if (ranks.includes(-1) || (fromStart && worst >= FROM_START)) continue
    ranked.push({ entry, rank: rankPhrase(entry.names, phrase) ?? worst })
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

// A whole name between colons, or the beginning of one, comes before anything else.
function rankPhrase(names, phrase) {
  if (names.includes(phrase)) return -2
  return names.some((name) => name.startsWith(phrase)) ? -1 : undefined
}

function rankTerm(texts, term) {
  return RANKS.findIndex((matches) => texts.some((text) => matches(text, term)))
}

// Without case and accents: "Äpfel" is found by "apfel".
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
