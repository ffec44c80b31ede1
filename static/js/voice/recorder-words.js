// Say what becomes of a recording, and why there is none.
import { gettext, interpolate } from "lib/i18n"
import { MAX_SECONDS } from "voice/recording"

// The names of exceptions, as in https://www.w3.org/TR/mediacapture-streams/#dom-mediadevices-getusermedia.
const FAILURES = {
  NotAllowedError: gettext("This page may not use the microphone. Allow it beside the address, then try again."),
  NotFoundError: gettext("No microphone was found. Connect one, then try again."),
  NotReadableError: gettext("The microphone can’t be used. Another program may be using it."),
}
const LIMIT = interpolate(gettext("up to %(count)s minutes"), { count: MAX_SECONDS / 60 })
const REASONS = {
  limit: interpolate(gettext("This is the limit of %(count)s minutes."), { count: MAX_SECONDS / 60 }),
  unplugged: gettext("The microphone is gone. This was recorded before."),
  left: gettext("The recording ended when you left the room."),
  elsewhere: gettext("The recording ended when you began another."),
}

export function describeRecording({ state, error, reason }) {
  if (state === "asking") return gettext("Allow your browser to use the microphone.")
  if (state === "recording") return `${gettext("Recording")}, ${LIMIT}`
  if (state === "paused") return `${gettext("Paused")}, ${LIMIT}`
  if (state === "failed") return FAILURES[error.name] ?? FAILURES.NotReadableError
  return REASONS[reason] ?? gettext("Recorded. Listen to it, or send it.")
}

// Where nothing is heard for a while.
export const describeSilence = () => gettext("Nothing is heard. Is the microphone muted?")
