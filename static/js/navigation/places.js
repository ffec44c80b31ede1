// What the switcher finds without the server: the rooms in the sidebar, the one visited last first.
import { gettext, interpolate } from "lib/i18n"
import { listRecentRooms } from "navigation/recent-rooms"

// [{ kind: "room" | "person", name, href, isRoom, userId, note, icon }]; `icon` is a copy of what the sidebar shows.
export function listPlaces() {
  const recent = listRecentRooms()
  const rank = ({ dataset }) => (recent.indexOf(dataset.room) + 1 || recent.length + 1)
  const links = [...document.querySelectorAll("#sidebar .nav-link[data-room]")]
  return links.sort((a, b) => isOpen(a) - isOpen(b) || rank(a) - rank(b)).map(describeLink)
}

const isOpen = (link) => Number(link.matches("[aria-current=page]"))

function describeLink(link) {
  const { kind } = link.dataset
  return {
    kind: kind === "direct" ? "person" : "room",
    name: link.dataset.name,
    href: link.href,
    isRoom: true,
    // Of a room with one other user.
    userId: kind === "direct" ? link.querySelector(".presence")?.dataset.user : undefined,
    note: describeUnread(link.dataset),
    icon: link.querySelector(".icon, .avatar").cloneNode(true),
  }
}

function describeUnread({ kind, unread, mentions }) {
  const count = Number(kind === "direct" ? unread : mentions)
  if (count) return interpolate(gettext("%(count)s for you"), { count })
  return Number(unread) ? gettext("unread") : ""
}
