// Play sounds, one at a time, wherever their players stand: a message that is drawn anew, or a room that is left, does
// not end them. A sound is { src, name, seconds, author, href }: the seconds are null where nobody
// knows, who has posted it, and the address of the message, are empty outside of messages.
import { userStorage } from "users/user-storage"

const SPEED_KEY = "playback-speed"
const SPEEDS = [1, 1.5, 2]
// Films that play where they stand in a message; not those of a call.
const FILMS = "video.attachment__video"

class Playback extends EventTarget {
  #audio = new Audio()
  #sound = null
  #hasFailed = false
  // Where others were left, by address.
  #times = new Map()

  constructor() {
    super()
    const audio = this.#audio
    for (const type of ["play", "pause", "durationchange", "seeked", "timeupdate"]) {
      audio.addEventListener(type, () => this.#announce())
    }
    audio.addEventListener("play", () => {
      for (const film of document.querySelectorAll(FILMS)) film.pause()
      requestAnimationFrame(() => this.#tick())
    })
    audio.addEventListener("ended", () => (audio.currentTime = 0))
    audio.addEventListener("error", () => this.#fail())
    document.addEventListener("play", () => audio.pause(), { capture: true })
  }

  get sound() { return this.#sound }

  get speed() {
    const speed = userStorage.get(SPEED_KEY)
    return SPEEDS.includes(speed) ? speed : SPEEDS[0]
  }

  // Returns { isPlaying, hasFailed, time, seconds }.
  describe({ src, seconds }) {
    const left = { isPlaying: false, hasFailed: false, time: this.#times.get(src) ?? 0, seconds }
    if (src !== this.#sound?.src) return left
    const { paused, currentTime, duration } = this.#audio
    // Recorders write no length; browsers take that for an endless sound.
    const length = seconds ?? (Number.isFinite(duration) ? duration : null)
    const time = Math.min(currentTime, length ?? currentTime)
    return { isPlaying: !paused, hasFailed: this.#hasFailed, time, seconds: length }
  }

  async toggle(sound) {
    if (sound.src === this.#sound?.src && !this.#audio.paused) return this.#audio.pause()
    this.#take(sound)
    // Refusals come as errors of the element; a pause that comes first is none.
    await this.#audio.play().catch(() => {})
  }

  seek(sound, time) {
    if (sound.src === this.#sound?.src) this.#audio.currentTime = time
    else this.#times.set(sound.src, time)
    this.#announce()
  }

  changeSpeed() {
    const speed = SPEEDS[(SPEEDS.indexOf(this.speed) + 1) % SPEEDS.length]
    userStorage.set(SPEED_KEY, speed)
    this.#audio.playbackRate = speed
    this.#announce()
  }

  // Its player goes away for good.
  stop() {
    this.#audio.pause()
    this.#audio.removeAttribute("src")
    this.#audio.load()
    this.#sound = null
    this.#announce()
  }

  #take(sound) {
    if (sound.src === this.#sound?.src && !this.#hasFailed) return
    if (this.#sound) this.#times.set(this.#sound.src, this.#audio.currentTime)
    this.#sound = sound
    this.#hasFailed = false
    this.#audio.src = sound.src
    this.#audio.defaultPlaybackRate = this.#audio.playbackRate = this.speed
    this.#audio.currentTime = this.#times.get(sound.src) ?? 0
    const { name: title, author: artist } = sound
    if (navigator.mediaSession) navigator.mediaSession.metadata = new MediaMetadata({ title, artist })
  }

  #fail() {
    // Of none: `stop` took the address away.
    if (!this.#sound) return
    this.#hasFailed = true
    this.#announce()
  }

  #tick() {
    if (this.#audio.paused) return
    this.#announce()
    requestAnimationFrame(() => this.#tick())
  }

  #announce() {
    this.dispatchEvent(new Event("change"))
  }
}

export const playback = new Playback()
