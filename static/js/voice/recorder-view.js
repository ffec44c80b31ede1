// Show a recording over the text of a composer: how long and loud it is, what can be done, and what it sounds like.
import { gettext } from "lib/i18n"
import { playback } from "voice/playback"
import { describeRecording, describeSilence } from "voice/recorder-words"
import { drawLevels, foldLevels, formatClock, listLatest } from "voice/waveform"

// Levels below it are no voice; of so many the user is told.
const SILENCE = 0.004
const MANY = 60

export class RecorderView {
  #element = cloneTemplate("voice-recorder")
  // Of what was recorded.
  #url = ""

  // `act` gets what a button does.
  constructor(act) {
    this.#element.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-do]")
      if (button) act(button.dataset.do)
    })
  }

  get isShown() { return this.#element.isConnected }

  get form() { return this.#element.closest("form") }

  placeIn(composer) {
    composer.querySelector("form").prepend(this.#element)
  }

  // Keeps the focus where a button that had it is gone.
  show(recording) {
    const { state } = recording
    const hadFocus = this.#element.contains(document.activeElement) || state === "asking"
    this.#element.dataset.state = state
    for (const part of this.#element.querySelectorAll("[data-when]")) {
      // Drawings have no property for it.
      part.toggleAttribute("hidden", !part.dataset.when.split(" ").includes(state))
    }
    this.#say(describeRecording(recording))
    if (state === "ended") this.#showPlayer(recording)
    this.showLevel(recording)
    if (hadFocus) this.focus()
  }

  showLevel({ levels, seconds, state }) {
    this.#element.querySelector(".recorder__time").textContent = formatClock(seconds)
    drawLevels(this.#element.querySelector(".recorder__wave"), listLatest(levels))
    const isSilent = state === "recording" && levels.length === MANY && Math.max(...levels) < SILENCE
    if (isSilent) this.#say(describeSilence())
  }

  focus() {
    const buttons = [...this.#element.querySelectorAll("[data-do]")].filter((button) => button.offsetParent)
    const button = this.#element.dataset.state === "ended" ? buttons.at(-1) : buttons[0]
    button?.focus({ preventScroll: true })
  }

  setBusy(isBusy) {
    this.#element.querySelector("[data-do=send]").disabled = isBusy
  }

  remove() {
    if (playback.sound && playback.sound.src === this.#url) playback.stop()
    if (this.#url) URL.revokeObjectURL(this.#url)
    this.#element.remove()
  }

  #say(words) {
    this.#element.querySelector("[data-words]").textContent = words
  }

  #showPlayer({ blob, levels, seconds }) {
    this.#url = URL.createObjectURL(blob)
    const player = cloneTemplate("recorded-sound")
    Object.assign(player.dataset, { src: this.#url, seconds, name: gettext("Voice message") })
    drawLevels(player.querySelector(".player__wave"), foldLevels(levels))
    player.querySelector(".player__time").textContent = formatClock(Math.round(seconds))
    this.#element.querySelector("[data-player]").replaceChildren(player)
  }
}

const cloneTemplate = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true)
