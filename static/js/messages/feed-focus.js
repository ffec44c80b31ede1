// Make the feed one tab stop: its current message. Up and Down move between messages, Enter leads to a message's
// toolbar, Left and Right to all that can be pressed in it, Escape back.
const CONTROLS = "a[href], button:not(:disabled), input:not(:disabled), [role=button], [data-scrolls]"
const SCROLLER = "[data-scrolls]"

export class FeedFocus {
  #list
  #current = null
  #wasVisited = false

  constructor(list) {
    this.#list = list
    // What scrolls sideways is a tab stop of its own.
    list.addEventListener("focusin", ({ target }) => {
      if (!target.matches(SCROLLER)) this.#visit(target.closest(".message[tabindex]"))
    })
    list.addEventListener("keydown", (event) => this.#handleKey(event))
  }

  // To be called once new items have all their controls. The newest message is the tab stop until one was visited.
  update() {
    const added = [...this.#list.querySelectorAll(".message:not([tabindex])")]
    for (const article of added) removeTabStops(article)
    const replaced = added.find((article) => findId(article) === findId(this.#current))
    if (replaced) return this.#setCurrent(replaced)
    if (this.#wasVisited && this.#current.isConnected) return
    const newest = this.#articles.at(-1)
    if (newest) this.#setCurrent(newest)
    this.#list.parentElement.tabIndex = newest ? -1 : 0
  }

  get #articles() {
    return [...this.#list.querySelectorAll(".message[tabindex]")]
  }

  #visit(article) {
    if (!article) return
    this.#wasVisited = true
    this.#setCurrent(article)
  }

  #setCurrent(article) {
    if (this.#current) this.#current.tabIndex = -1
    this.#current = article
    article.tabIndex = 0
  }

  #handleKey(event) {
    const { target, key } = event
    const article = target.closest(".message[tabindex]")
    const isTyping = target.closest("textarea, select, .message__editor")
    if (!article || isTyping || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    const focused = target === article ? this.#focusFromMessage(article, key) : focusFromControl(article, target, key)
    if (!focused && !this.#focusNeighbour(article, key)) return
    event.preventDefault()
  }

  #focusFromMessage(article, key) {
    const controls = listControls(article)
    if (key === "Enter") return focus(article.querySelector(".message__actions button") ?? controls[0])
    if (key === "ArrowRight") return focus(controls[0])
    if (key === "ArrowLeft") return focus(controls.at(-1))
    return false
  }

  #focusNeighbour(article, key) {
    const articles = this.#articles
    const index = articles.indexOf(article)
    const next = { ArrowUp: index - 1, ArrowDown: index + 1, Home: 0, End: articles.length - 1 }[key]
    return next !== undefined && next >= 0 && focus(articles[next])
  }
}

function removeTabStops(article) {
  article.tabIndex = -1
  for (const control of article.querySelectorAll(CONTROLS)) if (!control.matches(SCROLLER)) control.tabIndex = -1
}

// Of a message that has been replaced by its newer version, too.
const findId = (article) => article?.closest(".feed__item")?.dataset.id ?? null

function focusFromControl(article, control, key) {
  if (key === "Escape") return focus(article)
  const step = { ArrowRight: 1, ArrowLeft: -1 }[key]
  if (!step || control.matches(SCROLLER)) return false
  const controls = listControls(article)
  return focus(controls[(controls.indexOf(control) + step + controls.length) % controls.length])
}

const HIDDEN = ".message__editor *, [data-grouped] .message__meta *"
const isShown = (control) => control.checkVisibility() && !control.matches(HIDDEN)

const listControls = (article) => [...article.querySelectorAll(CONTROLS)].filter(isShown)

function focus(element) {
  element?.focus()
  return Boolean(element)
}
