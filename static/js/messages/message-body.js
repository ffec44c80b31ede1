// Add to the text of a message what only a browser can: code is copied by a button, long texts are folded, what is
// wider than the feed is scrolled by keyboard, and links to our own pages stay in this tab.
import { gettext } from "lib/i18n"
import { copyText } from "lib/clipboard"

// A text is folded to 25rem (in message-body.css) where it is much higher.
const FOLD_OVER = 544
// Lower texts are not measured.
const MANY_LETTERS = 700
const MANY_LINES = 14
const SCROLLERS = "pre, .table-scroll"

const observer = new ResizeObserver((entries) => entries.forEach(({ target }) => markScroller(target)))

export function enhanceBody(item) {
  const body = item.querySelector(".message__body")
  if (!body) return
  for (const link of body.querySelectorAll("a[target]")) keepInThisTab(link)
  for (const pre of body.querySelectorAll("pre")) addCopyButton(pre)
  for (const scroller of body.querySelectorAll(SCROLLERS)) observer.observe(scroller)
}

// To be called with items that have been prepared and are laid out. All are measured before one changes.
export function foldHigh(items) {
  for (const item of items.filter(isHigh)) fold(item)
}

// What is focused, or found by the browser's own search, is shown.
export function unfoldWhereNeeded(feed) {
  for (const type of ["focusin", "scroll"]) {
    feed.addEventListener(type, ({ target }) => {
      const item = target.closest?.(".message__body--folded")?.closest(".feed__item")
      if (item) unfold(item)
    }, { capture: true, passive: true })
  }
}

function keepInThisTab(link) {
  if (link.origin !== location.origin) return
  link.removeAttribute("target")
  link.removeAttribute("rel")
}

function markScroller(scroller) {
  const scrolls = scroller.scrollWidth > scroller.clientWidth
  scroller.toggleAttribute("data-scrolls", scrolls)
  scroller.tabIndex = scrolls ? 0 : -1
}

function addCopyButton(pre) {
  const button = cloneTemplate("copy-code")
  const block = Object.assign(document.createElement("div"), { className: "code-block" })
  pre.replaceWith(block)
  block.append(pre, button)
  button.addEventListener("click", () => copyText(pre.textContent, gettext("Code copied.")))
}

function isHigh(item) {
  const body = item.querySelector(".message__body")
  if (!body || item.querySelector(".fold-button")) return false
  const { textContent } = body
  const isLong = textContent.length > MANY_LETTERS || body.querySelectorAll("br, p, li, tr, img").length > MANY_LINES
  if (!isLong && textContent.split("\n", MANY_LINES + 1).length <= MANY_LINES) return false
  return body.scrollHeight > FOLD_OVER
}

function fold(item) {
  const button = cloneTemplate("fold-button")
  item.querySelector(".message__body").after(button)
  // A link has led to this message.
  if (item.matches("[data-target]")) item.dataset.unfolded = ""
  showFolded(item, !item.matches("[data-unfolded]"))
  button.addEventListener("click", () => {
    if (item.matches("[data-unfolded]")) foldAgain(item)
    else unfold(item)
  })
}

function foldAgain(item) {
  delete item.dataset.unfolded
  showFolded(item, true)
  item.scrollIntoView({ block: "nearest" })
}

function unfold(item) {
  item.dataset.unfolded = ""
  showFolded(item, false)
}

function showFolded(item, isFolded) {
  item.querySelector(".message__body").classList.toggle("message__body--folded", isFolded)
  const button = item.querySelector(".fold-button")
  button.ariaExpanded = String(!isFolded)
  button.textContent = isFolded ? gettext("Show more") : gettext("Show less")
}

const cloneTemplate = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true)
