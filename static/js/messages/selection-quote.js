// Quote what is selected in a message, by a button beside the selection or by the key Q.
import { isLetterKey } from "lib/keys"
import { insertText } from "lib/text-field"
import { describeOrigin } from "messages/quotes"

const GAP = 8
const TYPING = "input, textarea, select, dialog, [contenteditable]"

export function startQuoting(feed, { signal }) {
  const quoting = new SelectionQuote(feed)
  document.addEventListener("selectionchange", () => quoting.updateSoon(), { signal })
  document.addEventListener("scroll", () => quoting.follow(), { capture: true, passive: true, signal })
  document.addEventListener("keydown", (event) => quoting.handleKey(event), { signal })
  signal.addEventListener("abort", () => quoting.remove())
}

class SelectionQuote {
  #feed
  #button
  #frame = 0

  constructor(feed) {
    this.#feed = feed
    this.#button = document.getElementById("quote-selection").content.firstElementChild.cloneNode(true)
    // The selection stays while the button is pressed.
    this.#button.addEventListener("pointerdown", (event) => event.preventDefault())
    this.#button.addEventListener("click", () => this.#quote())
    feed.append(this.#button)
  }

  // With the next frame: to ask for the selection makes the browser lay out the page, even as a field takes the focus.
  updateSoon() {
    cancelAnimationFrame(this.#frame)
    this.#frame = requestAnimationFrame(() => this.update())
  }

  // The page has scrolled.
  follow() {
    if (this.#isShown) this.update()
  }

  update() {
    const selected = this.#find()
    if (!selected) return this.#isShown && this.#button.hidePopover()
    if (!this.#isShown) this.#button.showPopover()
    const { left, top, bottom } = selected.range.getBoundingClientRect()
    const { offsetHeight: height, offsetWidth: width } = this.#button
    const over = top - height - GAP
    this.#button.style.setProperty("--popover-top", `${over > GAP ? over : bottom + GAP}px`)
    this.#button.style.setProperty("--popover-left", `${Math.max(GAP, Math.min(left, innerWidth - width - GAP))}px`)
  }

  handleKey(event) {
    if (!isLetterKey(event, "q") || event.target.closest(TYPING) || !this.#find()) return
    event.preventDefault()
    this.#quote()
  }

  remove() {
    cancelAnimationFrame(this.#frame)
    this.#button.remove()
  }

  get #isShown() { return this.#button.matches(":popover-open") }

  // { item, range, text } of what is selected in the body of one message of this feed.
  #find() {
    const selection = getSelection()
    if (selection.isCollapsed || !selection.rangeCount) return null
    const text = selection.toString().trim()
    if (!text) return null
    const range = selection.getRangeAt(0)
    const { startContainer: node, endContainer, endOffset } = range
    const body = (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement).closest(".message__body")
    if (!body || !this.#feed.contains(body)) return null
    // Three clicks select a paragraph up to the beginning of what follows the message.
    const isInBody = body.contains(endContainer) || (endOffset === 0 && body.innerText.includes(text))
    return isInBody ? { item: body.closest(".feed__item"), range, text } : null
  }

  #quote() {
    const { item, text } = this.#find()
    const composer = this.#feed.parentElement.querySelector("room-composer")
    const field = composer.querySelector("textarea")
    const lines = text.split("\n").map((line) => `> ${line}`.trimEnd())
    getSelection().removeAllRanges()
    composer.dispatchEvent(new CustomEvent("quote", { detail: describeOrigin(item) }))
    const before = field.value.slice(0, field.selectionStart)
    const gap = before && !before.endsWith("\n") ? "\n\n" : ""
    insertText(field, `${gap}${lines.join("\n")}\n\n`)
  }
}
