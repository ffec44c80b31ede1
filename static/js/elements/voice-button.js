// <voice-button>: records a voice message in the composer that it stands in. What records is loaded when it is pressed.
import { gettext } from "lib/i18n"
import { showToast } from "lib/toast"

// The best first. Safari knew only the second for long.
const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"]
let recorder = null

class VoiceButton extends HTMLElement {
  #type

  connectedCallback() {
    // Pages that came over plain HTTP have no microphone.
    const canRecord = navigator.mediaDevices?.getUserMedia && window.MediaRecorder
    this.#type = canRecord && TYPES.find((type) => MediaRecorder.isTypeSupported(type))
    if (!this.#type) return this.remove()
    this.addEventListener("click", this)
    // Back in a room where something was recorded.
    recorder?.restoreRecorder(this.closest("room-composer"))
  }

  disconnectedCallback() {
    recorder?.pauseUnseen()
  }

  async handleEvent() {
    try {
      recorder = await import("voice/recorder")
    } catch {
      return showToast(gettext("The recorder could not be loaded. Try again."))
    }
    recorder.openRecorder(this.closest("room-composer"), this.#type)
  }
}

customElements.define("voice-button", VoiceButton)
