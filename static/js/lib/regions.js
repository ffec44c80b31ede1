// Move the focus between the regions of a page with F6 and Shift+F6, to where it last was in each.
const REGIONS = "#sidebar, .bar, room-feed, .composer-area, .board, #panel, .page, .settings__nav, .settings > main"
const FIRST = "[aria-current=page], .message[tabindex='0'], .task__title[tabindex='0'], textarea"
const STOPS = "a[href], button:not(:disabled), input, select, textarea, [tabindex='0']"
const VISIBLE = { visibilityProperty: true }
const lastFocused = new WeakMap()

export function startRegionKeys() {
  document.addEventListener("focusin", ({ target }) => {
    const region = listRegions().find((each) => each.contains(target))
    if (region) lastFocused.set(region, target)
  })
  document.addEventListener("keydown", (event) => {
    if (event.key !== "F6" || event.ctrlKey || event.altKey || event.metaKey) return
    if (document.querySelector("dialog:modal")) return
    event.preventDefault()
    focusNext(event.shiftKey ? -1 : 1)
  })
}

// A region inside another one counts as its part, but for those of a page that scrolls as a whole.
function listRegions() {
  const shown = [...document.querySelectorAll(REGIONS)].filter((each) => each.checkVisibility(VISIBLE))
  const outermost = shown.filter((each) => !each.parentElement.closest("#panel"))
  return outermost.filter((each) => !outermost.some((other) => other !== each && each.contains(other)))
}

function focusNext(step) {
  const regions = listRegions()
  const index = regions.findIndex((each) => each.contains(document.activeElement))
  const start = index < 0 && step < 0 ? 0 : index
  for (let distance = 1; distance <= regions.length; distance++) {
    const region = regions[(start + step * distance + regions.length * 2) % regions.length]
    const stop = findStop(region)
    if (stop) return stop.focus()
  }
}

function findStop(region) {
  const last = lastFocused.get(region)
  if (last?.isConnected && region.contains(last) && isFocusable(last)) return last
  const candidates = [...region.querySelectorAll(FIRST), ...region.querySelectorAll(STOPS)]
  return candidates.find(isFocusable) ?? (region.matches("[tabindex]") ? region : null)
}

const isFocusable = (element) => element.checkVisibility(VISIBLE) && !element.closest("[inert]")
