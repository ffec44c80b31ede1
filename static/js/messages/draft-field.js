// Keep the text of a field stored, for all tabs. A page stores only what was typed in it, and shows what another tab
// has stored unless that would replace what was typed here.
const SAVE_DELAY = 150

export class DraftField {
  #field
  #store
  #onReplace
  #stored
  #isTouched = false
  #timer = 0

  // `store`: { read, save, onChangeElsewhere }, whose callback gets the text. `onReplace` is called after another tab's
  // text has been shown. Until the signal aborts.
  constructor(field, store, { onReplace, signal }) {
    this.#field = field
    this.#store = store
    this.#onReplace = onReplace
    this.#stored = store.read()
    field.addEventListener("input", () => this.#handleInput())
    store.onChangeElsewhere((text) => this.#showStored(text), { signal })
    field.addEventListener("blur", () => this.#timer && this.#save())
    // Before draft-sync.js, which brings to the server what is stored.
    addEventListener("pagehide", () => this.#handlePageHide(), { capture: true, signal })
    addEventListener("pageshow", ({ persisted }) => persisted && this.#showStored(store.read()), { signal })
  }

  // Whether what it shows was typed here.
  get isTouched() {
    return this.#isTouched
  }

  // The text has been sent or given up.
  finish() {
    this.#save()
    this.#isTouched = false
  }

  // The field goes, and its text may come back: what was typed last is stored.
  leave() {
    if (this.#timer) this.#save()
  }

  // Another device's text, which is stored by then or in a moment.
  replace(text) {
    this.#stored = text
    this.#showText(text)
  }

  #handleInput() {
    this.#isTouched = true
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#save(), SAVE_DELAY)
  }

  #save() {
    clearTimeout(this.#timer)
    this.#timer = 0
    this.#stored = this.#field.value
    if (this.#store.read() !== this.#stored) this.#store.save(this.#stored)
  }

  #handlePageHide() {
    // Another tab may have sent a text of its own meanwhile.
    const isNowhereElse = this.#isTouched && this.#field.value && !this.#store.read()
    const hasEnded = document.documentElement.dataset.connection === "ended"
    if (this.#field.isConnected && (this.#timer || (isNowhereElse && !hasEnded))) this.#save()
  }

  #showStored(stored) {
    const before = this.#stored
    const text = this.#field.value
    this.#stored = stored
    if (text === stored) return
    const isIncluded = stored ? stored.includes(text) : before.includes(text)
    if (this.#isTouched && !isIncluded) return
    this.#showText(stored)
  }

  #showText(text) {
    clearTimeout(this.#timer)
    this.#timer = 0
    this.#isTouched = false
    this.#field.value = text
    this.#onReplace()
  }
}
