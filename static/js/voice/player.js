// Let an <audio-player> play its sound: by its button, at any place of its waveform, at three speeds.
import { gettext, interpolate, locale } from "lib/i18n"
import { updateMiniPlayer } from "voice/mini-player"
import { showPlayState } from "voice/play-button"
import { playback } from "voice/playback"
import { formatClock } from "voice/waveform"

// Seconds that an arrow key leads on, or back; a twentieth of short sounds.
const STEP = 5
const MIN_STEPS = 20

// `signal` aborts when the element leaves the page; it may come back.
export function startPlayer(element, signal) {
  if (!element.matches("[data-ready]")) addControls(element)
  new Player(element, signal)
  updateMiniPlayer()
  signal.addEventListener("abort", () => setTimeout(updateMiniPlayer))
}

// The waveform becomes a slider, which browsers know to use by keys and fingers.
function addControls(element) {
  const [wave, time] = [element.querySelector("svg.player__wave"), element.querySelector(".player__time")]
  const track = Object.assign(document.createElement("div"), { className: "player__track" })
  const heard = wave.cloneNode(true)
  heard.classList.add("player__wave--heard")
  const seek = Object.assign(document.createElement("input"), { type: "range", className: "player__seek", step: "any" })
  seek.ariaLabel = interpolate(gettext("Place in %(name)s"), element.dataset)
  wave.replaceWith(track)
  track.append(wave, heard, seek)
  const speed = Object.assign(document.createElement("button"), { type: "button" })
  speed.className = "btn btn--quiet btn--sm player__speed"
  time.after(speed)
  element.setAttribute("role", "group")
  element.ariaLabel = element.dataset.name
  // Without it nothing is fetched before it plays.
  element.querySelector("audio")?.remove()
  element.dataset.ready = ""
}

// Who has posted it, and where.
function findOrigin(element) {
  const { id, name = "" } = element.closest(".feed__item")?.dataset ?? {}
  const room = element.closest("room-feed")?.dataset.room
  return { author: name, href: id && room ? `/rooms/${room}/messages/${id}/` : "" }
}

class Player {
  #element
  #sound
  #button
  #seek
  #time
  #speed
  #isIdle = false

  constructor(element, signal) {
    const { src, name, seconds } = element.dataset
    const find = (selector) => element.querySelector(selector)
    this.#element = element
    this.#sound = { src, name, seconds: Number(seconds) || null, ...findOrigin(element) }
    this.#button = find(".player__play")
    this.#seek = find(".player__seek")
    this.#time = find(".player__time")
    this.#speed = find(".player__speed")
    this.#button.addEventListener("click", () => playback.toggle(this.#sound), { signal })
    this.#speed.addEventListener("click", () => playback.changeSpeed(), { signal })
    this.#seek.addEventListener("input", () => playback.seek(this.#sound, this.#seek.valueAsNumber), { signal })
    this.#seek.addEventListener("keydown", (event) => this.#handleKey(event), { signal })
    playback.addEventListener("change", () => this.#show(), { signal })
    this.#show()
  }

  #handleKey(event) {
    const { time, seconds } = playback.describe(this.#sound)
    const [length, step] = [seconds ?? 0, Math.min(STEP, (seconds ?? STEP) / MIN_STEPS)]
    const [back, on] = [Math.max(0, time - step), Math.min(length, time + step)]
    const places = { ArrowLeft: back, ArrowDown: back, ArrowRight: on, ArrowUp: on, Home: 0, End: length }
    if (event.key === " ") playback.toggle(this.#sound)
    else if (event.key in places) playback.seek(this.#sound, places[event.key])
    else return
    event.preventDefault()
  }

  #show() {
    this.#showSpeed()
    const { isPlaying, hasFailed, time, seconds } = playback.describe(this.#sound)
    // While another sound plays, nothing changes here.
    const isIdle = !isPlaying && playback.sound?.src !== this.#sound.src
    if (isIdle && this.#isIdle && !this.#seek.matches(":focus")) return
    this.#isIdle = isIdle
    showPlayState(this.#button, isPlaying)
    this.#showFailure(hasFailed)
    const length = seconds ?? 0
    const hasBegun = isPlaying || time > 0
    this.#time.textContent = seconds || hasBegun ? formatClock(hasBegun ? time : Math.round(length)) : ""
    this.#element.style.setProperty("--heard", `${length ? (100 * time) / length : 0}%`)
    this.#seek.disabled = !length
    this.#seek.max = length
    this.#seek.value = time
    const places = { time: formatClock(time), length: formatClock(Math.round(length)) }
    this.#seek.setAttribute("aria-valuetext", interpolate(gettext("%(time)s of %(length)s"), places))
  }

  #showSpeed() {
    const text = `${playback.speed.toLocaleString(locale)}×`
    if (this.#speed.textContent === text) return
    this.#speed.textContent = text
    this.#speed.ariaLabel = this.#speed.title = interpolate(gettext("Speed: %(speed)s"), { speed: text })
  }

  #showFailure(hasFailed) {
    this.#element.classList.toggle("player--failed", hasFailed)
    const shown = this.#element.querySelector(".player__failure")
    if (hasFailed === Boolean(shown)) return
    if (shown) return shown.remove()
    const words = Object.assign(document.createElement("span"), { className: "player__failure", role: "alert" })
    words.textContent = gettext("It can’t be played here.")
    this.#element.append(words)
  }
}
