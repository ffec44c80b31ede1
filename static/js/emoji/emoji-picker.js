// Let the user pick an emoji from a grid, by name, or by pasting it.
import { offerAdding } from "emoji/add-emoji"
import { loadEmoji } from "emoji/emoji-data"
import { EmojiGrid } from "emoji/emoji-grid"
import { readTone, rememberEmoji, saveTone } from "emoji/emoji-habits"
import { listFound, listGroups } from "emoji/emoji-sections"
import { gettext } from "lib/i18n"
import { openPopover } from "lib/popover"

let picker = null

// `onPick` gets the emoji, or the `:name:` of one of the organisation's own. `owner` is marked while it is open.
export function openEmojiPicker(button, { owner, onPick }) {
  const popover = document.getElementById("emoji-picker")
  // Pages replace what they show, and the picker with it.
  if (picker?.popover !== popover) picker = new EmojiPicker(popover)
  picker.open(button, owner, onPick)
}

class EmojiPicker {
  popover
  #field
  #grid
  #scroller
  #status
  #tabs
  #catalog = { groups: [], emoji: [] }
  #onPick = () => {}

  constructor(popover) {
    this.popover = popover
    this.#field = popover.querySelector("input")
    this.#scroller = popover.querySelector(".emoji-picker__scroller")
    this.#status = popover.querySelector("[role=status]")
    this.#tabs = popover.querySelector(".emoji-picker__tabs")
    this.#grid = new EmojiGrid(this.#scroller)
    this.#field.addEventListener("input", () => this.#show())
    popover.querySelector("form").addEventListener("submit", (event) => this.#handleSubmit(event))
    popover.addEventListener("keydown", (event) => this.#handleKey(event))
    this.#scroller.addEventListener("click", ({ target, shiftKey }) => {
      this.#pick(target.closest("[data-emoji]")?.dataset.emoji, shiftKey)
    })
    this.#tabs.addEventListener("click", ({ target }) => this.#jump(target.closest("button")))
    const tones = popover.querySelector(".emoji-picker__tones")
    tones.elements[readTone()].checked = true
    tones.addEventListener("change", ({ target }) => {
      saveTone(Number(target.value))
      this.#show()
    })
  }

  async open(button, owner, onPick) {
    this.#onPick = onPick
    this.#field.value = ""
    offerAdding(this.popover)
    this.#show()
    openPopover(this.popover, button, owner, owner ? "end" : "start")
    // On touch screens the keyboard would cover the grid.
    if (matchMedia("(pointer: coarse)").matches) this.#grid.focusFirst()
    else this.#field.focus()
    try {
      const catalog = await loadEmoji()
      if (catalog === this.#catalog) return
      this.#catalog = catalog
      this.#tabs.replaceChildren(...catalog.groups.map(createTab))
      this.#show()
    } catch (error) {
      this.#say(`${error.message} ${gettext("Paste the emoji itself and press Enter.")}`)
    }
  }

  #show() {
    const query = this.#field.value.trim()
    const sections = query ? listFound(this.#catalog, query) : listGroups(this.#catalog)
    this.#tabs.hidden = Boolean(query)
    this.#grid.show(sections)
    this.#say(sections.length ? "" : gettext("Nothing by that name. Paste the emoji itself and press Enter."))
  }

  #say(text) {
    this.#status.textContent = text
    this.#status.hidden = !text
  }

  #jump(tab) {
    if (tab) this.#grid.scrollTo(Number(tab.value))
  }

  async #handleSubmit(event) {
    event.preventDefault()
    // What is typed quickly waits for what it names.
    await loadEmoji().catch(() => null)
    const text = this.#field.value.trim()
    if (text) this.#pick(this.#scroller.querySelector("[data-emoji]")?.dataset.emoji ?? text)
  }

  #handleKey(event) {
    if (this.#scroller.contains(event.target)) {
      if (!this.#grid.moveFocus(event)) this.#field.focus()
    } else if (event.target === this.#field && event.key === "ArrowDown") {
      event.preventDefault()
      this.#grid.focusFirst()
    }
  }

  // With Shift the picker stays for another one.
  #pick(value, isOpen = false) {
    if (!value) return
    if (!isOpen) this.popover.hidePopover()
    rememberEmoji(value)
    this.#onPick(value)
  }
}

function createTab({ title, mark }, index) {
  const tab = Object.assign(document.createElement("button"), { type: "button", title, value: index + 1 })
  tab.textContent = mark
  tab.ariaLabel = title
  return tab
}
