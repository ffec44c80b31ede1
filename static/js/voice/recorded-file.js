// Make a file of what was recorded, named by what it is and when.
import { gettext } from "lib/i18n"

const ENDINGS = { "audio/webm": "webm", "audio/mp4": "m4a", "audio/ogg": "ogg" }

// How names of recordings end, in whatever language they begin.
const RECORDED = / \d{4}-\d\d-\d\d \d\d\.\d\d\.\w+$/

export const isRecording = (name) => RECORDED.test(name)

export function buildFile(blob) {
  const type = blob.type.split(";")[0]
  const now = new Date()
  const pad = (number) => String(number).padStart(2, "0")
  const day = [now.getFullYear(), pad(now.getMonth() + 1), pad(now.getDate())].join("-")
  const name = `${gettext("Voice message")} ${day} ${pad(now.getHours())}.${pad(now.getMinutes())}.${ENDINGS[type]}`
  return new File([blob], name, { type })
}
