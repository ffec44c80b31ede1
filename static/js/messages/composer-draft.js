// The draft of a composer: its text and the message that it answers. What another device has saved is shown at once
// where nothing is being written, and else offered.
import { DraftField } from "messages/draft-field"
import { buildDraftStore } from "messages/drafts"
import { QuoteBox } from "messages/quote-box"

export class ComposerDraft {
  #field
  #text
  #quote
  #store
  #offer
  #offered = null

  // `place`: { room, thread }. `onReplace` is called after another text has been shown.
  constructor(composer, place, { onReplace, signal }) {
    this.#field = composer.querySelector("textarea")
    this.#offer = composer.querySelector(".composer__newer")
    this.#store = buildDraftStore(place)
    this.#field.value ||= this.#store.read()
    this.#quote = new QuoteBox(composer, (origin) => this.#store.saveOrigin(origin))
    this.#quote.show(this.#store.readOrigin())
    const showStored = () => {
      this.#quote.show(this.#store.readOrigin())
      onReplace()
    }
    this.#text = new DraftField(this.#field, this.#store, { onReplace: showStored, signal })
    this.#store.onIncoming((event) => this.#handleIncoming(event), { signal })
    this.#offer.addEventListener("click", ({ target }) => this.#answerOffer(target.closest("[data-newer]")))
  }

  get origin() {
    return this.#quote.origin
  }

  // The text has been sent or given up. Returns the message that it answers, or null.
  takeOrigin() {
    this.#showOffer(null)
    return this.#quote.take()
  }

  finish() {
    this.#text.finish()
  }

  #handleIncoming(event) {
    const { draft, isDirty } = event.detail
    const isInUse = this.#field.value && this.#field.matches(":focus")
    if (!isDirty && !isInUse) return this.#showDraft(draft)
    event.preventDefault()
    this.#showOffer(draft)
  }

  #answerOffer(button) {
    if (!button) return
    if (button.dataset.newer === "use") {
      this.#store.take(this.#offered)
      this.#showDraft(this.#offered)
    }
    this.#showOffer(null)
    this.#field.focus({ preventScroll: true })
  }

  #showDraft(draft) {
    this.#showOffer(null)
    this.#text.replace(draft?.content ?? "")
    this.#quote.show(draft?.quote ?? null)
  }

  #showOffer(draft) {
    this.#offered = draft
    this.#offer.hidden = !draft
  }
}
