// Record a voice message for a room or a thread, let the user listen to it, and send it.
import { gettext } from "lib/i18n"
import { showErrorToast, showToast } from "lib/toast"
import { buildFile } from "voice/recorded-file"
import { RecorderView } from "voice/recorder-view"
import { Recording } from "voice/recording"

// Shorter recordings are gone at once when they are discarded.
const WORTH_KEEPING = 3

export class RecorderBar {
  #place
  #type
  #onEnd
  #onReturn
  #recording
  #view = new RecorderView((action) => this.#act(action))

  // `place`: { room, thread }. `onEnd` is called when it is sent or discarded, `onReturn` when it is not after all.
  constructor(place, { type, onEnd, onReturn }) {
    this.#place = place
    this.#type = type
    this.#onEnd = onEnd
    this.#onReturn = onReturn
  }

  get isShown() { return this.#view.isShown }

  get isUnsent() { return !["asking", "failed"].includes(this.#recording.state) }

  start() {
    const recording = (this.#recording = new Recording(this.#type))
    recording.addEventListener("change", () => this.#view.show(recording))
    recording.addEventListener("level", () => this.#view.showLevel(recording))
    this.#view.show(recording)
    recording.start()
  }

  placeIn(composer) { this.#view.placeIn(composer) }

  focus() { this.#view.focus() }

  // What was recorded stays here; what never began is gone.
  finish(reason) {
    const { state } = this.#recording
    if (!this.isUnsent) return this.#discard()
    this.#recording.stop(reason)
    if (state !== "ended") showToast(gettext("The recording has ended. It waits where you made it."))
  }

  #act(action) {
    if (action === "pause") this.#recording.pause()
    if (action === "resume") this.#recording.resume()
    if (action === "stop") this.#recording.stop()
    if (action === "again") this.start()
    if (action === "discard") this.#discard()
    if (action === "send") this.#send()
  }

  async #send() {
    this.#view.setBusy(true)
    try {
      await this.#recording.stop()
      const { addFiles } = await import("attachments/tray")
      const taken = await addFiles(this.#place, [buildFile(this.#recording.blob)], {})
      if (!taken.length) return
      const { form } = this.#view
      this.#close()
      form?.requestSubmit()
    } catch (error) {
      showErrorToast(gettext("Not sent."), error)
    } finally {
      this.#view.setBusy(false)
    }
  }

  #discard() {
    const [recording, { form }] = [this.#recording, this.#view]
    recording.discard()
    this.#close()
    form?.querySelector("textarea").focus({ preventScroll: true })
    if (recording.seconds < WORTH_KEEPING) return
    showToast(gettext("Recording discarded."), { label: gettext("Undo"), run: () => this.#restore() })
  }

  async #restore() {
    await this.#recording.stop()
    this.#onReturn(this)
    this.#view.show(this.#recording)
  }

  #close() {
    this.#view.remove()
    this.#onEnd()
  }
}
