// Place quiet lines between the messages that tell who has joined the room, by time.
import { gettext, interpolate, joinNames, ngettext } from "lib/i18n"

const MAX_NAMES = 5

// `joins`: [{ id, name, at }] with seconds, the earliest first. Those beyond the edges of what is shown are left out.
export function placeJoinLines(list, joins, { hasOlder, hasNewer }) {
  for (const line of list.querySelectorAll(":scope > .feed__joined")) line.remove()
  if (!joins.length) return
  const items = [...list.querySelectorAll(":scope > .feed__item")]
  const findNext = ({ at }) => items.find((item) => Number(item.dataset.at) >= Math.floor(at)) ?? null
  const groups = Map.groupBy(joins, findNext)
  for (const [next, group] of groups) {
    const isBeyond = next ? next === items[0] && hasOlder : hasNewer
    if (!isBeyond) findPlace(list, next).before(createLine(group))
  }
}

// Above the heading of a day only what came before that day; the layout moves headings where they belong.
function findPlace(list, next) {
  if (!next) return list.querySelector(":scope > .feed__loading[data-edge=hasNewer]")
  const previous = next.previousElementSibling
  return previous?.matches(".feed__new, .feed__day") ? previous : next
}

function createLine(joins) {
  const line = Object.assign(document.createElement("li"), { className: "feed__joined" })
  line.dataset.at = joins[0].at
  const names = joins.slice(0, MAX_NAMES).map(({ name }) => name)
  const others = joins.length - names.length
  if (others) names.push(interpolate(ngettext("%(count)s other", "%(count)s others", others), { count: others }))
  line.textContent = interpolate(gettext("%(names)s joined"), { names: joinNames(names) })
  return line
}
