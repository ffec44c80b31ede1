// Show what plays while its own player is not on the page, as after leaving a room, so that it can be stopped.
import { gettext } from "lib/i18n"
import { showPlayState } from "voice/play-button"
import { playback } from "voice/playback"
import { isRecording } from "voice/recorded-file"
import { formatClock } from "voice/waveform"

let shown = null

export function updateMiniPlayer() {
  const { sound } = playback
  const isNeeded = sound && !document.querySelector(`audio-player[data-src="${CSS.escape(sound.src)}"]`)
  if (isNeeded && isWorthShowing(playback.describe(sound))) showMiniPlayer(sound)
  else removeMiniPlayer()
}

// What was paused before waits in its room, what has ended is over.
const isWorthShowing = ({ isPlaying, time }) => isPlaying || (shown && time > 0)

function showMiniPlayer(sound) {
  shown ??= buildMiniPlayer()
  const { isPlaying, time } = playback.describe(sound)
  showPlayState(shown.querySelector("button"), isPlaying)
  showName(sound)
  shown.querySelector(".player__time").textContent = formatClock(time)
}

function showName({ name, author, href }) {
  const link = shown.querySelector("a")
  const [title, origin] = link.children
  title.textContent = isRecording(name) ? gettext("Voice message") : name
  origin.textContent = author
  if (href) link.href = href
  else link.removeAttribute("href")
}

function removeMiniPlayer() {
  shown?.remove()
  shown = null
}

function buildMiniPlayer() {
  const element = document.getElementById("mini-player").content.firstElementChild.cloneNode(true)
  const [play, close] = element.querySelectorAll("button")
  play.addEventListener("click", () => playback.toggle(playback.sound))
  close.addEventListener("click", () => playback.stop())
  document.body.append(element)
  return element
}

playback.addEventListener("change", updateMiniPlayer)
