// Complete what is being typed in a text area from a list beside it.
//
// A source is { pattern, label, load, isRemote }:
// `pattern` matches what can be completed, at the end of the text before the caret, with a group `query`;
// `load(query, signal)` returns (a promise of) options: elements whose `data-text` replaces what `pattern` matched.
import { isComposing } from "lib/keys"
import { SuggestionList } from "lib/suggestion-list"
import { insertText } from "lib/text-field"
import { isInCode } from "messages/code-at-caret"

// Milliseconds between two keys, for a source that asks the server.
const DELAY = 80

export class Autocomplete {
  #field
  #sources
  #list
  #request = new AbortController()
  #timer = 0
  // What is being completed: { source, query, start, end }. `#dismissed`: the start of one that was not wanted.
  #target = null
  #dismissed = null

  constructor(field, sources) {
    this.#field = field
    this.#sources = sources
    this.#list = new SuggestionList(field, { onChoose: (option) => this.#choose(option) })
    field.addEventListener("input", () => this.#update())
    // Before those that send, edit or close.
    field.addEventListener("keydown", (event) => this.#handleKey(event), { capture: true })
    for (const type of ["keyup", "click"]) field.addEventListener(type, () => this.#list.isOpen && this.#update())
    field.addEventListener("blur", () => this.#close())
    field.form.addEventListener("submit", () => this.#close())
  }

  #update() {
    const target = this.#findTarget()
    const isSame = target?.start === this.#target?.start && target?.query === this.#target?.query
    if (target && isSame) return
    clearTimeout(this.#timer)
    this.#request.abort()
    this.#target = target
    if (!target) return this.#close()
    this.#timer = setTimeout(() => this.#load(target), target.source.isRemote ? DELAY : 0)
  }

  #findTarget() {
    const { value, selectionStart: end, selectionEnd } = this.#field
    const before = value.slice(0, end)
    if (end !== selectionEnd) return null
    for (const source of this.#sources) {
      const match = source.pattern.exec(before)
      if (!match) continue
      const target = { source, query: match.groups.query, start: match.index, end }
      const isDismissed = this.#dismissed === target.start
      if (!isDismissed) this.#dismissed = null
      return isDismissed || isInCode(before) ? null : target
    }
    this.#dismissed = null
    return null
  }

  async #load(target) {
    this.#request = new AbortController()
    const { source, query } = target
    const options = await Promise.resolve(source.load(query, this.#request.signal)).catch(() => [])
    if (target !== this.#target || document.activeElement !== this.#field) return
    // After a space it may be a name of two words, or what the sentence goes on with.
    this.#list.show(options, { label: source.label, marksFirst: !query.includes(" ") })
  }

  #close() {
    clearTimeout(this.#timer)
    this.#request.abort()
    this.#target = null
    this.#list.hide()
  }

  // While an input method composes, keys are its own.
  #handleKey(event) {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event
    if (!this.#list.isOpen || isComposing(event) || ctrlKey || metaKey || altKey || shiftKey) return
    if (!this.#obeyKey(key)) return
    event.preventDefault()
    event.stopImmediatePropagation()
  }

  // Returns whether the key was for the list.
  #obeyKey(key) {
    const { marked, first } = this.#list
    if (key === "ArrowDown") this.#list.step(1)
    else if (key === "ArrowUp") this.#list.step(-1)
    else if (key === "Tab") this.#choose(marked ?? first)
    else if (key === "Escape") this.#dismiss()
    // What is complete already need not be confirmed: Enter sends.
    else if (key === "Enter" && marked && !this.#isTyped(marked)) this.#choose(marked)
    else return false
    return true
  }

  #isTyped({ dataset }) {
    const { start, end } = this.#target
    return dataset.text.toLowerCase() === this.#field.value.slice(start, end).toLowerCase()
  }

  #dismiss() {
    this.#dismissed = this.#target.start
    this.#close()
  }

  #choose(option) {
    const [{ start }, field] = [this.#target, this.#field]
    const text = option.dataset.text + (/^\s/.test(field.value.slice(field.selectionEnd)) ? "" : " ")
    this.#close()
    insertText(field, text, start)
  }
}
