// Chooses one emoji: from a small grid, by name, or pasted.
import { focusOne, moveFocus, oneStop } from "lib/roving-tabindex"
import { openBeside } from "lib/popover"
import { EMOJI } from "messages/emoji"

const COLUMNS = 8

export class EmojiPicker {
  #popover = document.getElementById("emoji-picker")
  #field = this.#popover.querySelector("input")
  #grid = this.#popover.querySelector(".emoji-picker__grid")
  #choose = () => {}

  constructor() {
    this.#grid.append(...EMOJI.map(button))
    this.#field.addEventListener("input", () => this.#filter())
    this.#popover.querySelector("form").addEventListener("submit", (event) => this.#submit(event))
    this.#grid.addEventListener("click", ({ target }) => this.#chosen(target.closest("[data-emoji]")?.dataset.emoji))
    this.#popover.addEventListener("keydown", (event) => this.#key(event))
  }

  open(opener, choose) {
    this.#choose = choose
    this.#field.value = ""
    this.#filter()
    openBeside(this.#popover, opener)
    // A keyboard on the screen would cover what is to be chosen from.
    if (matchMedia("(pointer: coarse)").matches) this.#shown[0].focus()
    else this.#field.focus()
  }

  get #shown() {
    return [...this.#grid.children].filter(({ hidden }) => !hidden)
  }

  #filter() {
    const wanted = this.#field.value.trim().toLowerCase()
    for (const each of this.#grid.children) each.hidden = !`${each.dataset.emoji} ${each.title}`.includes(wanted)
    oneStop(this.#shown)
    this.#popover.querySelector(".emoji-picker__none").hidden = this.#shown.length > 0
  }

  #submit(event) {
    event.preventDefault()
    const text = this.#field.value.trim()
    if (text) this.#chosen(this.#shown[0]?.dataset.emoji ?? text)
  }

  #key(event) {
    if (event.target !== this.#field) moveFocus(event, this.#shown, COLUMNS)
    else if (event.key === "ArrowDown" && this.#shown.length) {
      event.preventDefault()
      focusOne(this.#shown, this.#shown[0])
    }
  }

  #chosen(emoji) {
    if (!emoji) return
    this.#popover.hidePopover()
    this.#choose(emoji)
  }
}

function button({ emoji, words }) {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: emoji, title: words })
  made.dataset.emoji = emoji
  made.setAttribute("aria-label", `${emoji} ${words}`)
  return made
}
