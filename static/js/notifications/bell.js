// The bell: how many notifications are unread, live, and the panel with the latest of them.
import { connection } from "lib/connection"
import { openPopover } from "lib/popover"
import { showCount } from "notifications/bell-count"
import { reloadList, reloadLists, startLists } from "notifications/notification-list"
import { showNotificationToast } from "notifications/notification-toast"

const EVENTS = ["created", "read", "unread", "removed", "updated"]

export function startBell() {
  const panel = document.getElementById("bell-panel")
  startLists()
  for (const name of EVENTS) connection.on(`notification.${name}`, ({ unread }) => handleChange(unread))
  connection.on("notification.created", showNotificationToast)
  connection.on("welcome", ({ notifications }) => showCount(notifications))
  // The sidebar is drawn anew while the page is open.
  document.addEventListener("click", (event) => {
    const bell = event.target.closest("[data-bell]")
    if (!bell || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    openPanel(panel, bell)
  })
}

async function openPanel(panel, bell) {
  await reloadList(panel.querySelector("[data-notifications]"))
  openPopover(panel, bell, null, "start")
  panel.focus()
}

function handleChange(unread) {
  showCount(unread)
  reloadLists()
}
