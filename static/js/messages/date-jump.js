// Go to a day in the history of the room: the heading of a day, or a key, opens a field for the date.
import { gettext } from "lib/i18n"
import { formatIsoDay } from "lib/local-time"
import { openPopover } from "lib/popover"
import { showErrorToast } from "lib/toast"

const FIRST_DAY = "1970-01-01"

export function startDateJump() {
  const popover = document.getElementById("date-jump")
  const form = popover.querySelector("form")
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-picks-date]")
    if (button) openDateJump(button)
  })
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    goTo(form.elements.day.value)
  })
  form.querySelector("[data-first]").addEventListener("click", () => goTo(FIRST_DAY))
}

// Beside the heading of a day, by default of the first one that is in view.
export function openDateJump(button = findHeading()) {
  const popover = document.getElementById("date-jump")
  const { day } = popover.querySelector("form").elements
  day.max = formatIsoDay(new Date())
  day.value = button?.closest("[data-day]")?.dataset.day ?? day.max
  openPopover(popover, button ?? document.getElementById("room-bar"), null, "start")
  day.focus()
}

async function goTo(day) {
  document.getElementById("date-jump").hidePopover()
  try {
    await document.querySelector("main room-feed").places.goToDay(day)
  } catch (error) {
    showErrorToast(gettext("That day could not be shown."), error)
  }
}

function findHeading() {
  const feed = document.querySelector("main room-feed")
  const { top, bottom } = feed.getBoundingClientRect()
  const isInView = (button) => {
    const box = button.getBoundingClientRect()
    return box.top >= top && box.bottom <= bottom
  }
  return [...feed.querySelectorAll("[data-picks-date]")].find(isInView)
}
