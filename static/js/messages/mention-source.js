// Complete `@name` from the server: who is in the room, who wrote last, and who is elsewhere in the organisation.
import { fetchFragment } from "lib/api"
import { gettext } from "lib/i18n"
import { correctPresence } from "users/presence"

// As on the server, what is part of a word, an address or a path is no mention.
const BEFORE = String.raw`[A-Za-z0-9\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff@\uff20/\\=&%#$+_.\-]`
const LETTER = String.raw`[\p{L}\p{M}\p{N}._'’\-]`
// A name, or two words of one.
const PATTERN = new RegExp(`(?<!${BEFORE})[@\uff20](?<query>(?:${LETTER}+(?: ${LETTER}*)?)?)$`, "u")
const MAX_QUERY = 60

export function buildMentionSource({ room, thread = null }) {
  const load = async (query, signal) => {
    if (query.length > MAX_QUERY) return []
    const parameters = new URLSearchParams(thread ? { q: query, thread } : { q: query })
    const response = await fetchFragment(`/rooms/${room}/mentions/?${parameters}`, { signal })
    const template = document.createElement("template")
    template.innerHTML = await response.text()
    correctPresence(template.content)
    return [...template.content.children]
  }
  return { pattern: PATTERN, label: gettext("Mention"), load, isRemote: true }
}
