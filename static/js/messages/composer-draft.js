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
  // What has come in and is not shown: a draft, null where it was sent or deleted elsewhere, undefined for nothing.
  #pending

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
    this.#showOffer()
    return this.#quote.take()
  }

  finish() {
    this.#text.finish()
  }

  // The composer goes. What has come in meanwhile is the draft from now on, unless something was typed since.
  leave() {
    this.#text.leave()
    if (this.#pending !== undefined && this.#store.isSaved()) this.#store.take(this.#pending)
  }

  #handleIncoming(event) {
    const { draft, isDirty } = event.detail
    if (!isDirty && !this.#isInUse) return this.#showDraft(draft)
    event.preventDefault()
    this.#showOffer(draft)
  }

  // Another tab may have stored a text of its own, which what was typed here is no part of.
  get #isInUse() {
    const { value } = this.#field
    return this.#text.isTouched && value && (this.#field.matches(":focus") || value !== this.#store.read())
  }

  #answerOffer(button) {
    if (!button) return
    if (button.dataset.newer === "use") {
      this.#store.take(this.#pending)
      this.#showDraft(this.#pending)
    } else {
      this.#store.keep(this.#pending)
      this.#showOffer()
    }
    this.#field.focus({ preventScroll: true })
  }

  #showDraft(draft) {
    this.#showOffer()
    this.#text.replace(draft?.content ?? "")
    this.#quote.show(draft?.quote ?? null)
  }

  #showOffer(draft) {
    this.#pending = draft
    this.#offer.hidden = !draft
  }
}
