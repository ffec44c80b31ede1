// Place quiet lines between the messages that tell what has happened in the room, by time. What happened between the
// same two messages is told together: "Alice, Bob and 3 others joined".
import { gettext, interpolate, joinNames, ngettext } from "lib/i18n"

const MAX_NAMES = 5
// By code; what one person does to others is told apart from what another does.
const TEXTS = {
  joined: () => gettext("%(names)s joined"),
  added: () => gettext("%(actor)s added %(names)s"),
  left: () => gettext("%(names)s left"),
  removed: () => gettext("%(actor)s removed %(names)s"),
  renamed: () => gettext("%(actor)s renamed the room from %(before)s to %(after)s"),
  topic_changed: ({ after }) =>
    after ? gettext("%(actor)s changed the topic to: %(after)s") : gettext("%(actor)s cleared the topic"),
  archived: () => gettext("%(actor)s archived the room"),
  unarchived: () => gettext("%(actor)s opened the room again"),
}
const GATHERED = ["joined", "added", "left", "removed"]
const BY_THEMSELVES = ["joined", "left"]

// `messages` are system messages of the REST API, the earliest first. Those beyond the edges of what is shown are left
// out. What is on its way to the server stays below.
export function placeSystemLines(list, messages, { hasOlder, hasNewer }) {
  for (const line of list.querySelectorAll(":scope > .feed__system")) line.remove()
  if (!messages.length) return
  const items = [...list.querySelectorAll(":scope > .feed__item:not([data-pending])")]
  const findNext = (message) => items.find((item) => isLater(item, message)) ?? null
  for (const [next, together] of Map.groupBy(messages, findNext)) {
    const isBeyond = next ? next === items[0] && hasOlder : hasNewer
    if (!isBeyond) findPlace(list, next).before(...gather(together).map(createLine))
  }
}

// Messages carry whole seconds. Ids are ordered by time, to the millisecond.
function isLater(item, message) {
  const seconds = Math.floor(readTime(message))
  return Number(item.dataset.at) === seconds ? item.dataset.id > message.id : Number(item.dataset.at) > seconds
}

const readTime = (message) => Date.parse(message.created_at) / 1000

// Above the heading of a day only what came before that day; the layout moves headings where they belong.
function findPlace(list, next) {
  if (!next) return list.querySelector(":scope > .feed__loading[data-edge=hasNewer]")
  const previous = next.previousElementSibling
  return previous?.matches(".feed__new, .feed__day") ? previous : next
}

function gather(messages) {
  const lines = []
  for (const message of messages) {
    const last = lines.at(-1)
    if (last && isSameKind(last, message)) {
      const known = new Set(last.users.map(({ id }) => id))
      const fresh = message.users.filter(({ id }) => !known.has(id))
      last.users = [...last.users, ...fresh]
      last.user_count += message.user_count - (message.users.length - fresh.length)
    } else {
      lines.push({ ...message })
    }
  }
  return lines
}

function isSameKind(one, other) {
  if (one.code !== other.code || !GATHERED.includes(one.code)) return false
  return BY_THEMSELVES.includes(one.code) || one.actor?.id === other.actor?.id
}

function createLine(message) {
  const line = Object.assign(document.createElement("li"), { className: "feed__system" })
  line.dataset.at = readTime(message)
  const { actor, users, user_count: count, before, after } = message
  const names = users.slice(0, MAX_NAMES).map(({ name }) => name)
  const others = count - names.length
  if (others > 0) names.push(interpolate(ngettext("%(count)s other", "%(count)s others", others), { count: others }))
  const parts = { actor: actor?.name ?? gettext("Somebody"), names: joinNames(names), before, after }
  line.textContent = interpolate(TEXTS[message.code]?.(message) ?? message.content, parts)
  return line
}
