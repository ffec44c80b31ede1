// What happens while the list of unread rooms is shown: rooms in which messages arrive appear where they belong, or
// show what is new; those that were muted, left or read elsewhere go. The others stay in their places.
import { connection } from "lib/connection"
import { fetchPage, showAsHere } from "navigation/page-parts"
import { ReloadTimer } from "sidebar/reload-timer"
import { currentUser } from "users/current-user"

const ROOM = ".catch-up__room"
// In a lively organisation messages arrive by the second.
const DELAY = 700
const SOON = 100

// `removed`: what has left the list, by room, as { room }. `remove` takes one out. `done` is called after each change.
export function followMessages({ list, removed, remove, done }) {
  const timer = new ReloadTimer(() => reload())
  let wasWelcomed = false
  connection.on("message.created", ({ message }) => {
    if (message.seq !== null && message.author.id !== currentUser.id) timer.start(DELAY)
  })
  for (const type of ["room.settings", "room.removed", "room.updated"]) connection.on(type, () => timer.start(SOON))
  connection.on("welcome", () => {
    if (wasWelcomed) timer.start(DELAY)
    wasWelcomed = true
  })

  async function reload() {
    try {
      const page = await fetchPage()
      let previous = null
      const rooms = [...page.querySelectorAll(`[data-catch-up] ${ROOM}`)]
      for (const room of rooms) previous = show(room, previous) ?? previous
      if (!page.querySelector("[data-more-unread]")) removeOthers(new Set(rooms.map(({ dataset }) => dataset.room)))
      done()
    } catch {
      // The next message or welcome reloads again.
    }
  }

  // They come back as any other room that becomes unread.
  function removeOthers(ids) {
    for (const room of list.querySelectorAll(ROOM)) {
      if (ids.has(room.dataset.room)) continue
      remove(room)
      removed.delete(room.dataset.room)
    }
  }

  // Returns the entry of a room in the list, if it stands there.
  function show(fresh, previous) {
    const { room: id, seq } = fresh.dataset
    const shown = list.querySelector(`${ROOM}[data-room="${CSS.escape(id)}"]`)
    if (Number(shown?.dataset.seq) >= Number(seq)) return shown
    // It was marked as read here, which the server did not know yet.
    if (!shown && Number(removed.get(id)?.room.dataset.seq) >= Number(seq)) return null
    removed.delete(id)
    showAsHere(fresh)
    if (shown) return replaceContent(shown, fresh)
    fresh.tabIndex = -1
    list.insertBefore(fresh, previous ? previous.nextSibling : list.firstChild)
    return fresh
  }
}

function replaceContent(shown, fresh) {
  const focused = shown.contains(document.activeElement) && document.activeElement
  Object.assign(shown.dataset, fresh.dataset)
  shown.replaceChildren(...fresh.childNodes)
  if (focused && focused !== shown) shown.querySelector(focused.matches("button") ? "button" : "h2 a").focus()
  return shown
}
