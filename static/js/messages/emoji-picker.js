// Let the user pick an emoji from a grid, by name, or by pasting it.
import { openPopover } from "lib/popover"
import { focusButton, moveFocus, setTabStop } from "lib/roving-tabindex"
import { EMOJI } from "messages/emoji"

const COLUMNS = 8

export class EmojiPicker {
  #popover = document.getElementById("emoji-picker")
  #field = this.#popover.querySelector("input")
  #grid = this.#popover.querySelector(".emoji-picker__grid")
  #onPick = () => {}

  constructor() {
    this.#grid.append(...EMOJI.map(createButton))
    this.#field.addEventListener("input", () => this.#filterButtons())
    this.#popover.querySelector("form").addEventListener("submit", (event) => this.#handleSubmit(event))
    this.#grid.addEventListener("click", ({ target }) => this.#pick(target.closest("[data-emoji]")?.dataset.emoji))
    this.#popover.addEventListener("keydown", (event) => this.#handleKey(event))
  }

  open(button, onPick) {
    this.#onPick = onPick
    this.#field.value = ""
    this.#filterButtons()
    openPopover(this.#popover, button, button.closest(".message"))
    // On touch screens the keyboard would cover the grid.
    if (matchMedia("(pointer: coarse)").matches) this.#visibleButtons[0].focus()
    else this.#field.focus()
  }

  get #visibleButtons() {
    return [...this.#grid.children].filter(({ hidden }) => !hidden)
  }

  #filterButtons() {
    const query = this.#field.value.trim().toLowerCase()
    for (const button of this.#grid.children) {
      button.hidden = !`${button.dataset.emoji} ${button.title}`.includes(query)
    }
    setTabStop(this.#visibleButtons)
    this.#popover.querySelector(".emoji-picker__none").hidden = this.#visibleButtons.length > 0
  }

  #handleSubmit(event) {
    event.preventDefault()
    const text = this.#field.value.trim()
    if (text) this.#pick(this.#visibleButtons[0]?.dataset.emoji ?? text)
  }

  #handleKey(event) {
    if (event.target !== this.#field) moveFocus(event, this.#visibleButtons, COLUMNS)
    else if (event.key === "ArrowDown" && this.#visibleButtons.length) {
      event.preventDefault()
      focusButton(this.#visibleButtons, this.#visibleButtons[0])
    }
  }

  #pick(emoji) {
    if (!emoji) return
    this.#popover.hidePopover()
    this.#onPick(emoji)
  }
}

function createButton({ emoji, words }) {
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: emoji, title: words })
  button.dataset.emoji = emoji
  button.setAttribute("aria-label", `${emoji} ${words}`)
  return button
}
