// Draw how loud a sound is, as chat/attachments/waveforms.py does with what the server has measured.
const COUNT = 64
const MIDDLE = 50
const MAX_REACH = 44
// Voices from near are loud, those from a table are not: quieter ones are drawn higher than they are.
const EXPONENT = 0.6

// `levels` are between 0 and 1. Every second bar is in a path of its own, which small screens leave out.
export function drawLevels(svg, levels) {
  const reaches = levels.map((level) => Math.round(MAX_REACH * Math.min(1, level) ** EXPONENT))
  const bars = reaches.map((reach, x) => `M${x} ${MIDDLE - reach}v${2 * reach}`)
  svg.setAttribute("viewBox", `-1 0 ${reaches.length + 1} 100`)
  svg.querySelectorAll("path").forEach((path, rest) => {
    path.setAttribute("d", bars.filter((_, x) => x % 2 === rest).join(""))
  })
}

// The latest ones, each of so many seconds that they move calmly; silence before the first.
export function listLatest(levels) {
  const latest = levels.slice(-COUNT)
  return [...Array(COUNT - latest.length).fill(0), ...latest]
}

// All of them, in as many parts as a waveform has bars: the loudest of each, relative to the loudest of all.
export function foldLevels(levels) {
  const count = Math.min(COUNT, levels.length)
  const loudest = Math.max(...levels, 0.01)
  const edge = (part) => Math.floor((levels.length * part) / count)
  return Array.from({ length: count }, (_, part) => Math.max(...levels.slice(edge(part), edge(part + 1))) / loudest)
}

// 0:07, 1:02:03
export function formatClock(seconds) {
  const whole = Math.floor(seconds)
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const pad = (number) => String(number).padStart(2, "0")
  return hours ? `${hours}:${pad(minutes)}:${pad(rest)}` : `${minutes}:${pad(rest)}`
}
