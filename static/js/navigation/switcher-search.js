// What the switcher finds by asking the server: rooms that one may join, people, files, and messages.
import { requestJson } from "lib/api"
import { gettext, interpolate } from "lib/i18n"
import { scoreMatch } from "navigation/matching"
import { currentUser } from "users/current-user"

const MESSAGES = 5
const FILES = 5
// Letters by which files are asked for.
const MAX_NAME = 80

// Without those in `here`, which the page knows already. `kind`: of these alone, if there is one.
export async function searchServer(text, here, kind) {
  const query = new URLSearchParams({ org: currentUser.slug, q: text, limit: MESSAGES })
  const [{ items, rooms, users, others }, files] = await Promise.all([
    requestJson("GET", `/search?${query}`),
    kind || text.length > MAX_NAME ? [] : findFiles(text),
  ])
  // The search page finds rooms by their topics too.
  const named = rooms.filter(({ name }) => scoreMatch(text, name))
  const places = [...others.map(describeOther), ...named.map(describeRoom), ...users.map(describePerson)]
  const found = [...places, ...files.map(describeFile), ...items.map(describeMessage)].filter(
    (each) => !kind || each.kind === kind,
  )
  const known = new Set(here.flatMap(({ href, userId }) => [href, userId]).filter(Boolean))
  return found.filter(({ href, userId }) => !known.has(href) && !known.has(userId))
}

// Opens the direct room with a user, which begins with it.
export async function openPerson(userId) {
  const { id } = await requestJson("POST", `/orgs/${currentUser.slug}/rooms/direct`, { user_ids: [userId] })
  const link = Object.assign(document.createElement("a"), { href: `/rooms/${id}/`, hidden: true })
  document.body.append(link)
  link.click()
  link.remove()
}

// By their names. All else is found without them.
async function findFiles(text) {
  const query = new URLSearchParams({ org: currentUser.slug, q: text, limit: FILES })
  const { items } = await requestJson("GET", `/assets?${query}`).catch(() => ({ items: [] }))
  return items
}

const absolute = (path) => new URL(path, location).href

function describeRoom({ id, name, kind }) {
  return { kind: "room", name, icon: kind === "channel" ? "hash" : "lock", href: absolute(`/rooms/${id}/`), note: "" }
}

function describePerson({ id, name, username }) {
  const href = absolute(`/o/${currentUser.slug}/people/${id}/`)
  return { kind: "person", name, icon: "user", userId: id, href, note: `@${username}` }
}

const OTHER_ICONS = { task: "task" }

function describeOther({ kind, name, note, state, url }) {
  return { kind, name, icon: OTHER_ICONS[kind] ?? "right", href: absolute(url), note: `${state} · ${note}` }
}

function describeFile({ id, name, owner }) {
  return { kind: "file", name, icon: "file", href: absolute(`/o/${currentUser.slug}/files/${id}/`), note: owner.name }
}

function describeMessage({ id, room_id: room, room_name: place, author, snippet }) {
  const text = new DOMParser().parseFromString(snippet, "text/html").body.textContent
  const name = interpolate(gettext("%(name)s: %(text)s"), { name: author.name, text: text.replace(/\s+/g, " ").trim() })
  return { kind: "message", name, icon: "thread", href: absolute(`/rooms/${room}/messages/${id}/`), note: place }
}
