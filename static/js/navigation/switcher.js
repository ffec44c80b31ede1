// The quick switcher: type where to go, and Enter goes there. It opens with the rooms visited last; what the page knows
// is found at once, people, files, messages and other rooms by asking the server once typing pauses.
import { interpolate, ngettext } from "lib/i18n"
import { isApple, isCommandKey, isComposing } from "lib/keys"
import { showToast } from "lib/toast"
import { buildSearchEntry, findHere, readQuery } from "navigation/switcher-entries"
import { buildOption } from "navigation/switcher-options"
import { openPerson, searchServer } from "navigation/switcher-search"

const TYPING_PAUSE = 200
const MIN_SERVER_QUERY = 2

const dialog = document.getElementById("switcher")
const field = dialog.querySelector("input")
const list = dialog.querySelector("[role=listbox]")
let options = []
let timer = 0
let latestRequest = 0

export function startSwitcher() {
  addEventListener("keydown", handleShortcut, { capture: true })
  document.addEventListener("click", ({ target }) => target.closest("[data-opens-switcher]") && openSwitcher())
  field.addEventListener("input", (event) => !event.isComposing && showResults())
  field.addEventListener("compositionend", showResults)
  field.addEventListener("keydown", handleKey)
  list.addEventListener("click", handleClick)
  list.addEventListener("pointermove", ({ target }) => select(target.closest("[role=option]")))
  dialog.addEventListener("close", stopSearch)
  if (isApple) for (const key of document.querySelectorAll("[data-opens-switcher] kbd")) key.textContent = "⌘ K"
}

export function openSwitcher() {
  field.value = ""
  dialog.showModal()
  showResults()
}

function handleShortcut(event) {
  if (!isCommandKey(event, "k")) return
  if (!dialog.open && document.querySelector("dialog:modal")) return
  event.preventDefault()
  if (dialog.open) dialog.close()
  else openSwitcher()
}

function handleKey(event) {
  if (isComposing(event)) return
  const index = options.indexOf(list.querySelector("[aria-selected=true]"))
  const { length } = options
  const next = { ArrowDown: index + 1, ArrowUp: index - 1 + length, PageDown: length - 1, PageUp: 0 }[event.key]
  if (next !== undefined) select(options[next % length])
  else if (event.key === "Enter") choose(options[index], event)
  else return
  event.preventDefault()
}

// With Ctrl or Cmd in a new tab; a command has no address to open there.
function choose(option, event) {
  if (option?.href && (event.ctrlKey || event.metaKey)) open(option.href, "_blank")
  else option?.click()
}

// A link goes where it leads by itself, in a new tab too.
function handleClick(event) {
  const { entry } = event.target.closest("[role=option]") ?? {}
  if (!entry || event.ctrlKey || event.metaKey || event.shiftKey) return
  dialog.close()
  const run = entry.run ?? (entry.userId && !entry.isRoom ? () => openPerson(entry.userId) : null)
  if (!run) return
  event.preventDefault()
  Promise.resolve(run()).catch((error) => showToast(error.message))
}

function showResults() {
  stopSearch()
  const { text, kind } = readQuery(field.value)
  show([...findHere(text, kind), ...(text && !kind ? [buildSearchEntry(text)] : [])], text)
  const isAsked = text.length >= MIN_SERVER_QUERY && kind !== "command"
  if (isAsked) timer = setTimeout(() => askServer(text, kind), TYPING_PAUSE)
}

async function askServer(text, kind) {
  const request = latestRequest
  const here = options.map(({ entry }) => entry)
  try {
    const found = await searchServer(text, here, kind)
    if (request !== latestRequest) return
    const isSearch = (entry) => entry.kind === "search"
    show([...here.filter((entry) => !isSearch(entry)), ...found, ...here.filter(isSearch)], text)
  } catch {
    // What is found here stays.
  }
}

function stopSearch() {
  clearTimeout(timer)
  latestRequest++
}

// What was chosen by the arrow keys stays chosen while results come in.
function show(entries, text) {
  const chosen = list.querySelector("[aria-selected=true]")?.entry
  const isKept = entries.indexOf(chosen) > 0 && options[0]?.entry === entries[0]
  options = entries.map((entry, index) => buildOption(entry, index, text))
  list.replaceChildren(...options)
  select(options[isKept ? entries.indexOf(chosen) : 0])
  const { length } = options
  const words = interpolate(ngettext("%(count)s result", "%(count)s results", length), { count: length })
  dialog.querySelector("[role=status]").textContent = words
  dialog.querySelector("[data-nothing]").hidden = length > 0
}

function select(option) {
  if (!option || option.ariaSelected === "true") return
  for (const each of options) each.ariaSelected = String(each === option)
  field.setAttribute("aria-activedescendant", option.id)
  option.scrollIntoView({ block: "nearest" })
  option.dispatchEvent(new Event("likely", { bubbles: true }))
}
