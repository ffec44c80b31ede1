// Choose the language of a block of code. The one that was chosen last comes first.
import { openPopover } from "lib/popover"
import { focusButton, moveFocus } from "lib/roving-tabindex"
import { userStorage } from "users/user-storage"

const LAST = "code.language"
let menu = null

// `onChoose` gets the short name of the language, an empty text for none.
export function openCodeMenu(button, onChoose) {
  const popover = document.getElementById("code-menu")
  // Pages replace what they show, and the menu with it.
  if (menu?.popover !== popover) menu = new CodeMenu(popover)
  menu.open(button, onChoose)
}

class CodeMenu {
  popover
  #field
  #list
  #onChoose = () => {}

  constructor(popover) {
    this.popover = popover
    this.#field = popover.querySelector("input")
    this.#list = popover.querySelector(".code-menu__list")
    this.#field.addEventListener("input", () => this.#filter())
    popover.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault()
      this.#choose(this.#visible[0])
    })
    this.#list.addEventListener("click", ({ target }) => this.#choose(target.closest("button")))
    popover.addEventListener("keydown", (event) => this.#handleKey(event))
  }

  open(button, onChoose) {
    this.#onChoose = onChoose
    this.#field.value = ""
    this.#filter()
    const last = this.#list.querySelector(`[data-language="${CSS.escape(userStorage.get(LAST) ?? "")}"]`)
    if (last) this.#list.prepend(last)
    openPopover(this.popover, button, null, "start")
    if (matchMedia("(pointer: coarse)").matches) focusButton(this.#visible, this.#visible[0])
    else this.#field.focus()
  }

  get #visible() {
    return [...this.#list.children].filter(({ hidden }) => !hidden)
  }

  #filter() {
    const query = this.#field.value.trim().toLowerCase()
    for (const button of this.#list.children) {
      const { language } = button.dataset
      button.hidden = !`${language} ${button.textContent.toLowerCase()}`.includes(query)
    }
  }

  #handleKey(event) {
    if (event.target !== this.#field) return moveFocus(event, this.#visible, 1)
    if (event.key !== "ArrowDown") return
    event.preventDefault()
    focusButton(this.#visible, this.#visible[0])
  }

  #choose(button) {
    if (!button) return
    const { language } = button.dataset
    userStorage.set(LAST, language)
    this.popover.hidePopover()
    this.#onChoose(language)
  }
}
