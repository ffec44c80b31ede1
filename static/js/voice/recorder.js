// Keep the voice messages that are being recorded, one for each room and thread, and the microphone for one of them.
import { RecorderBar } from "voice/recorder-bar"

const bars = new Map()

const nameOf = ({ room, thread = "" }) => `${room} ${thread}`

export function openRecorder(composer, type) {
  const name = nameOf(composer.dataset)
  for (const [other, bar] of bars) if (other !== name) bar.finish("elsewhere")
  if (bars.has(name)) return bars.get(name).focus()
  const { room, thread = null } = composer.dataset
  const hooks = { onEnd: () => bars.delete(name), onReturn: (bar) => bars.has(name) || keepBar(name, bar) }
  const bar = new RecorderBar({ room, thread }, { type, ...hooks })
  keepBar(name, bar)
  bar.start()
}

// Where its composer is not shown, it waits for it.
function keepBar(name, bar) {
  bars.set(name, bar)
  addEventListener("beforeunload", askBeforeUnload)
  const composers = [...document.querySelectorAll("room-composer")]
  const composer = composers.find(({ dataset }) => nameOf(dataset) === name)
  if (composer) bar.placeIn(composer)
}

// The composer of a room that is shown again, or anew.
export function restoreRecorder(composer) {
  bars.get(nameOf(composer.dataset))?.placeIn(composer)
}

// A composer is gone. Nobody is recorded who can't see it; another composer may be there at once.
export function pauseUnseen() {
  setTimeout(() => {
    for (const bar of bars.values()) if (!bar.isShown) bar.finish("left")
  })
}

function askBeforeUnload(event) {
  if ([...bars.values()].some((bar) => bar.isUnsent)) event.preventDefault()
  else removeEventListener("beforeunload", askBeforeUnload)
}
