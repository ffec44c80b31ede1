// What the switcher can do besides going somewhere. `words` are others by which a command is found.
import { requestJson } from "lib/api"
import { gettext } from "lib/i18n"
import { showErrorToast } from "lib/toast"
import { openDateJump } from "messages/date-jump"
import { goToFirstUnread } from "messages/feed-keys"
import { markAllRead } from "navigation/mark-all-read"
import { openShortcuts } from "navigation/shortcut-sheet"
import { currentUser } from "users/current-user"

// [{ kind, name, words, icon, href or run }]
export function listCommands() {
  const page = `/o/${currentUser.slug}`
  const commands = [
    { name: gettext("Create a room"), words: "new channel group add", icon: "plus", href: `${page}/rooms/new/` },
    { name: gettext("Browse rooms"), words: "channels join directory", icon: "hash", href: `${page}/rooms/` },
    { name: gettext("New message"), words: "direct dm write people", icon: "pencil", href: `${page}/people/` },
    { name: gettext("Unread"), words: "catch up news", icon: "bell", href: `${page}/unread/` },
    { name: gettext("Mark all as read"), words: "unread clear", icon: "check", run: markAllRead },
    { name: gettext("Threads"), words: "replies", icon: "thread", href: `${page}/threads/` },
    { name: gettext("Mentions"), words: "inbox named activity at me", icon: "at", href: `${page}/mentions/` },
    { name: gettext("Groups"), words: "people teams handles", icon: "users", href: `${page}/groups/` },
    { name: gettext("Saved"), words: "bookmarks later", icon: "bookmark", href: `${page}/saved/` },
    { name: gettext("Drafts"), words: "unsent", icon: "pencil", href: `${page}/drafts/` },
    { name: gettext("Search messages"), words: "find", icon: "search", href: `${page}/search/` },
    { name: gettext("Set a status"), words: "away holiday emoji", icon: "smile", run: openStatus },
    { name: gettext("Settings"), words: "preferences profile account", icon: "sliders", href: "/settings/" },
    { name: gettext("People and invitations"), words: "members invite", icon: "users", href: `${page}/settings/` },
    { name: gettext("Keyboard shortcuts"), words: "help keys", icon: "key", run: openShortcuts },
    { name: gettext("Use the light theme"), words: "appearance mode", icon: "sun", run: () => setTheme("light") },
    { name: gettext("Use the dark theme"), words: "appearance mode night", icon: "sun", run: () => setTheme("dark") },
    { name: gettext("Use the system’s theme"), words: "appearance mode", icon: "sun", run: () => setTheme("system") },
  ]
  if (document.querySelector("main room-feed")) commands.push(...buildRoomCommands())
  return commands.map((command) => ({ kind: "command", ...command }))
}

// Of the room that is open.
function buildRoomCommands() {
  return [
    { name: gettext("Go to a date"), words: "day jump calendar", icon: "clock", run: () => openDateJump() },
    { name: gettext("Go to the first unread message"), words: "new jump", icon: "up", run: goToFirstUnread },
  ]
}

function openStatus() {
  document.querySelector("[data-sets-status]").click()
}

async function setTheme(theme) {
  const { dataset } = document.documentElement
  const before = dataset.themeChoice
  showTheme(theme)
  try {
    await requestJson("PATCH", "/me", { theme })
  } catch (error) {
    showTheme(before)
    showErrorToast(gettext("The theme was not changed."), error)
  }
}

function showTheme(theme) {
  const { dataset } = document.documentElement
  dataset.themeChoice = theme
  if (theme === "system") delete dataset.theme
  else dataset.theme = theme
}
