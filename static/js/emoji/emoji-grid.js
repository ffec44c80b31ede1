// Show emoji as buttons in sections with a title each. A section is filled when it is about to be seen, since two
// thousand buttons would take longer than a user waits for a menu.
import { setTabStop } from "lib/roving-tabindex"

const COLUMNS = 8
const STEPS = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS }

export class EmojiGrid {
  #box
  #sections = []
  #observer

  constructor(box) {
    this.#box = box
    this.#observer = new IntersectionObserver((seen) => this.#fillSeen(seen), { root: box, rootMargin: "50% 0px" })
  }

  // `sections`: [{ title, choices }], a choice is { value, name, imageUrl? }.
  show(sections) {
    this.#observer.disconnect()
    this.#sections = sections.map((section) => ({ ...section, grid: createGrid(section.choices), isFilled: false }))
    this.#box.replaceChildren(...this.#sections.map(createSection))
    this.#box.scrollTop = 0
    for (const { grid } of this.#sections) this.#observer.observe(grid)
    if (this.#sections.length) setTabStop(this.#fill(this.#sections[0]))
  }

  scrollTo(index) {
    this.#box.scrollTop = this.#sections[index].grid.parentElement.offsetTop - this.#box.offsetTop
  }

  focusFirst() {
    if (this.#sections.length) this.#focus(this.#fill(this.#sections[0])[0])
  }

  // Returns false at the top edge, where the focus leaves the grid.
  moveFocus(event) {
    const step = STEPS[event.key]
    if (!step) return true
    event.preventDefault()
    const button = document.activeElement
    const section = this.#sections.findIndex(({ grid }) => grid.contains(button))
    const index = [...button.parentElement.children].indexOf(button)
    const target = section >= 0 && this.#findNeighbour(section, index, step)
    if (target) this.#focus(target)
    return Boolean(target) || event.key !== "ArrowUp"
  }

  // Up and down a column stays the same across sections, whose last rows may be short.
  #findNeighbour(section, index, step) {
    const buttons = this.#fill(this.#sections[section])
    const isRow = Math.abs(step) === 1
    const next = index + step
    if (next >= 0 && next < buttons.length) return buttons[next]
    const lastRow = Math.floor((buttons.length - 1) / COLUMNS)
    if (step === COLUMNS && Math.floor(index / COLUMNS) < lastRow) return buttons.at(-1)
    const beside = this.#sections[section + Math.sign(step)]
    if (!beside) return null
    const others = this.#fill(beside)
    if (isRow) return others.at(step > 0 ? 0 : -1)
    const row = step > 0 ? 0 : Math.floor((others.length - 1) / COLUMNS)
    return others[Math.min(row * COLUMNS + (index % COLUMNS), others.length - 1)]
  }

  #focus(button) {
    setTabStop(this.#box.querySelectorAll("button"), button)
    button.focus()
  }

  #fillSeen(seen) {
    for (const { isIntersecting, target } of seen) {
      if (isIntersecting) this.#fill(this.#sections.find(({ grid }) => grid === target))
    }
  }

  #fill(section) {
    if (!section) return []
    if (!section.isFilled) section.grid.append(...section.choices.map(createButton))
    section.isFilled = true
    return section.grid.children
  }
}

function createSection({ title, grid }) {
  const section = document.createElement("section")
  const heading = Object.assign(document.createElement("h2"), { className: "emoji-picker__title", textContent: title })
  section.append(heading, grid)
  return section
}

function createGrid(choices) {
  const grid = Object.assign(document.createElement("div"), { className: "emoji-picker__grid" })
  // As high as it will be, so that nothing moves when it is filled.
  grid.style.setProperty("--rows", Math.ceil(choices.length / COLUMNS))
  return grid
}

function createButton({ value, name, imageUrl }) {
  const button = Object.assign(document.createElement("button"), { type: "button", title: name, tabIndex: -1 })
  button.dataset.emoji = value
  button.ariaLabel = name
  if (imageUrl) button.append(Object.assign(document.createElement("img"), { src: imageUrl, alt: "", loading: "lazy" }))
  else button.textContent = value
  return button
}
