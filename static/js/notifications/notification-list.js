// Lists of notifications, on their page and in the panel of the bell: mark one or all, and keep up with what happens.
import { fetchFragment, readText, requestJson } from "lib/api"
import { gettext } from "lib/i18n"
import { localiseTimes } from "lib/local-time"
import { showErrorToast, showToast } from "lib/toast"
import { ReloadTimer } from "sidebar/reload-timer"

const RELOAD_DELAY = 100
const timer = new ReloadTimer(() => document.querySelectorAll("[data-notifications]").forEach(reloadShown))

export function startLists() {
  document.addEventListener("click", handleClick)
  document.addEventListener("submit", handleSubmit)
}

export function reloadLists() {
  timer.start(RELOAD_DELAY)
}

export async function reloadList(list) {
  try {
    const text = await readText(await fetchFragment(list.dataset.notifications))
    const focused = describeFocus(list)
    list.innerHTML = text
    localiseTimes(list)
    if (focused) list.querySelector(focused)?.focus()
  } catch (error) {
    showErrorToast(gettext("The notifications could not be loaded."), error)
  }
}

function reloadShown(list) {
  if (list.checkVisibility()) reloadList(list)
}

// Where the focus is in the list that is drawn anew: on a row's link, or on its button.
function describeFocus(list) {
  const { activeElement: focused } = document
  const row = list.contains(focused) && focused.closest("[data-notification]")
  return row && `[data-notification="${row.dataset.notification}"] ${focused.matches("a") ? "a" : "button"}`
}

// What is opened is read. The request goes on when the page is left.
function handleClick({ target }) {
  const link = target.closest("[data-notifications] .notification__text")
  if (!link) return
  const row = link.closest("[data-notification]")
  if (row.classList.contains("notification--unread")) changeMark("PUT", row.dataset.notification)
  document.getElementById("bell-panel").hidePopover()
}

function handleSubmit(event) {
  const { target: form } = event
  const row = form.closest("[data-notifications] [data-notification]")
  if (row) {
    event.preventDefault()
    waitFor(form, changeMark(form.elements.unread ? "DELETE" : "PUT", row.dataset.notification))
  } else if (form.matches("[data-read-all]")) {
    event.preventDefault()
    waitFor(form, readAll())
  }
}

// Sent forms mark their buttons as busy, until another page is shown: none is.
async function waitFor(form, request) {
  await request
  form.querySelector("button").ariaBusy = null
}

async function changeMark(method, id) {
  try {
    await requestJson(method, `/notifications/${id}/read`, undefined, { keepalive: true })
  } catch (error) {
    showErrorToast(gettext("Not saved."), error)
  }
}

async function readAll() {
  try {
    const { read_at } = await requestJson("POST", "/notifications/read-all")
    if (!read_at) return showToast(gettext("Nothing is unread."))
    const run = () => undoReadAll(read_at)
    showToast(gettext("All notifications are marked as read."), { label: gettext("Undo"), run })
  } catch (error) {
    showErrorToast(gettext("Nothing was marked as read."), error)
  }
}

async function undoReadAll(read_at) {
  try {
    await requestJson("POST", "/notifications/read-all/undo", { read_at })
  } catch (error) {
    showErrorToast(gettext("That could not be undone."), error)
  }
}
